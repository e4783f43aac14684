package dev.serin.server.nativestart;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.ConfigMappingLoader;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/// Lists the names of settings by a method that the build has found, and not by a method handle that is
/// looked for and interpreted.
@TargetClass(ConfigMappingLoader.class)
final class SettingLoader {

    private SettingLoader() {}

    @Substitute
    @SuppressWarnings("unchecked")
    static <T> Map<String, String> configMappingProperties(Class<T> type) {
        var found = ConfigMappingLoader.ensureLoaded(type);
        var method = SubstrateUtil.cast(found, SettingClass.class).properties;
        try {
            if (method == null) {
                method = found.implementation().getDeclaredMethod("getProperties");
            }
            return (Map<String, String>) method.invoke(null);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
