package dev.serin.server.nativestart;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.ConfigMapping.NamingStrategy;
import io.smallrye.config.ConfigMappingContext;
import io.smallrye.config.ConfigMappingLoader;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/// How the objects are made that hold settings: some hundred, each by its constructor. A native executable
/// would interpret a method handle for each.
@TargetClass(ConfigMappingContext.class)
final class SettingGroups {

    @Alias private @Nullable NamingStrategy namingStrategy;
    @Alias private boolean beanStyleGetters;

    private SettingGroups() {}

    /// Groups within a group may name their settings otherwise; the next beside it does not.
    @Substitute
    @SuppressWarnings("unchecked")
    <T> T constructGroup(Class<T> type) {
        var strategy = namingStrategy;
        boolean style = beanStyleGetters;
        try {
            var found = ConfigMappingLoader.ensureLoaded(type);
            var maker = SubstrateUtil.cast(found, SettingClass.class).maker;
            if (maker == null) {
                maker = found.implementation().getDeclaredConstructor(ConfigMappingContext.class);
            }
            return (T) maker.newInstance((Object) this);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            namingStrategy = strategy;
            beanStyleGetters = style;
        }
    }
}
