package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Inject;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.RecomputeFieldValue.Kind;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What settings are where nobody has set them, found without comparing each with all that hold a star.
@TargetClass(DefaultValuesConfigSource.class)
@SuppressWarnings("NullAway.Init") // the original fills its fields
final class SettingDefaults {

    @Alias private Map<String, String> properties;
    @Alias private Map<PropertyName, String> wildcards;
    @Alias private boolean hasProfiledName;

    /// Null until it is needed, and when a default has come to it.
    @Inject
    @RecomputeFieldValue(kind = Kind.Reset)
    private volatile @Nullable StarredSettings starred;

    private SettingDefaults() {}

    @Substitute
    public @Nullable String getValue(String name) {
        if (!hasProfiledName && !name.isEmpty() && name.charAt(0) == '%') {
            return null;
        }
        var value = properties.get(name);
        if (value != null) {
            return value;
        }
        var known = starred;
        if (known == null) {
            known = new StarredSettings(wildcards);
            starred = known;
        }
        return known.get(name);
    }

    @Substitute
    void addDefault(String name, String value) {
        if (name.indexOf('*') < 0) {
            properties.putIfAbsent(name, value);
        } else {
            wildcards.putIfAbsent(new PropertyName(name), value);
            starred = null;
        }
    }
}
