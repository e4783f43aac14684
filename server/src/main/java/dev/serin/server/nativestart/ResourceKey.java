package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The name under which a native executable keeps a resource.
///
/// It is a record, and a record compares by method handles, which a native executable interprets: the few
/// hundred resources that Quarkus looks for at a start took an eighth of it, and most of what it left to collect.
@TargetClass(
        className = "com.oracle.svm.core.jdk.Resources$ModuleInstanceResourceKey",
        onlyWith = ResourceKey.IsThere.class)
final class ResourceKey {

    @Alias private @Nullable Module module;
    @Alias private @Nullable String resource;

    private ResourceKey() {}

    @Substitute
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == null || other.getClass() != (Object) getClass()) {
            return false;
        }
        var key = (ResourceKey) other;
        return key.module == module && Objects.equals(key.resource, resource);
    }

    @Alias
    @Override
    public native int hashCode();

    /// Another builder may name its resources otherwise.
    static final class IsThere implements Predicate<String> {

        @Override
        public boolean test(String name) {
            try {
                return Class.forName(name, false, getClass().getClassLoader()).isRecord();
            } catch (ClassNotFoundException _) {
                return false;
            }
        }
    }
}
