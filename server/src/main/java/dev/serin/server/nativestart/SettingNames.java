package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import io.smallrye.config.PropertyName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The names of one group of settings that a variable of the environment may mean. They are listed when there
/// is such a variable, and not for every group that there is.
@TargetClass(className = "io.smallrye.config.SmallRyeConfig$ConfigSources$3")
final class SettingNames {

    @Alias
    @TargetElement(name = "val$type")
    private @Nullable Class<?> type;

    @Alias
    @TargetElement(name = "val$prefixHasDashes")
    private boolean prefixHasDashes;

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    SettingNames(Class<?> type, boolean prefixHasDashes) {
        this.type = type;
        this.prefixHasDashes = prefixHasDashes;
    }

    @Substitute
    public Iterator<String> get() {
        return Names.of(Objects.requireNonNull(type), prefixHasDashes).iterator();
    }

    private static final class Names {

        /// The most telling first; among equal ones that with a star, which is the shorter.
        private static final Comparator<String> ORDER =
                (one, other) ->
                        PropertyName.equals(one, other)
                                ? Integer.compare(other.length(), one.length())
                                : one.compareTo(other);

        static List<String> of(Class<?> type, boolean all) {
            var settings = SettingLoader.configMappingProperties(type);
            var names = new ArrayList<String>();
            for (var name : settings.keySet()) {
                if (all || isOneOfTwo(name)) {
                    names.add(name);
                }
            }
            names.sort(ORDER);
            return names;
        }

        /// Whether it is written otherwise in a variable than by its letters and dots.
        private static boolean isOneOfTwo(String name) {
            return name.chars().anyMatch(c -> c == '-' || c == '*' || ('A' <= c && c <= 'Z'));
        }
    }
}
