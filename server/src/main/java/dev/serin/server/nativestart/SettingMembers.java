package dev.serin.server.nativestart;

import io.smallrye.config.ConfigMappingContext;
import io.smallrye.config.ConfigMappingLoader.ConfigMappingImplementation;
import java.lang.reflect.AccessibleObject;
import org.graalvm.nativeimage.hosted.FieldValueTransformer;

/// Finds at the build what a [SettingClass] is asked for at a start.
final class SettingMembers {

    private SettingMembers() {}

    /// What makes an object of the class.
    static final class Maker implements FieldValueTransformer {

        @Override
        public Object transform(Object receiver, Object original) {
            return of(receiver, type -> type.getDeclaredConstructor(ConfigMappingContext.class));
        }
    }

    /// What lists the names of its settings.
    static final class Names implements FieldValueTransformer {

        @Override
        public Object transform(Object receiver, Object original) {
            return of(receiver, type -> type.getDeclaredMethod("getProperties"));
        }
    }

    private interface Search {
        AccessibleObject in(Class<?> type) throws ReflectiveOperationException;
    }

    private static AccessibleObject of(Object receiver, Search search) {
        var type = ((ConfigMappingImplementation) receiver).implementation();
        try {
            var found = search.in(type);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class of settings", e);
        }
    }
}
