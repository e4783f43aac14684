package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Inject;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import io.smallrye.config.ConfigMappingContext;
import io.smallrye.config.ConfigMappingLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A class of objects that hold settings. Its methods are looked for when they are called, which most never
/// are, and not all when it is first met.
@TargetClass(value = ConfigMappingLoader.class, innerClass = "ConfigMappingImplementation")
final class SettingClass {

    @Alias private @Nullable Class<?> implementation;

    /// Known from the build for all that the program was built with.
    @Inject
    @RecomputeFieldValue(
            kind = RecomputeFieldValue.Kind.Custom,
            declClass = SettingMembers.Maker.class)
    @Nullable Constructor<?> maker;

    @Inject
    @RecomputeFieldValue(
            kind = RecomputeFieldValue.Kind.Custom,
            declClass = SettingMembers.Names.class)
    @Nullable Method properties;

    @Substitute
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    SettingClass(Class<?> implementation) {
        this.implementation = implementation;
    }

    @Substitute
    public MethodHandle constructor() {
        try {
            var type = MethodType.methodType(void.class, ConfigMappingContext.class);
            var found = MethodHandles.publicLookup().findConstructor(implementation, type);
            return found.asType(found.type().changeReturnType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a constructor from a context", e);
        }
    }

    @Substitute
    public MethodHandle getProperties() {
        try {
            var type = MethodType.methodType(Map.class);
            return MethodHandles.publicLookup().findStatic(implementation, "getProperties", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("getProperties", e);
        }
    }

    @Substitute
    public MethodHandle getSecrets() {
        try {
            var type = MethodType.methodType(Set.class);
            return MethodHandles.publicLookup().findStatic(implementation, "getSecrets", type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("getSecrets", e);
        }
    }
}
