package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.hibernate.internal.util.ReflectHelper;
import org.jspecify.annotations.Nullable;

/// The methods through which Hibernate might reach a mapped field.
///
/// It looks for a getter and a setter of every field among all methods of its class, to find none: rows are
/// fields alone, which a test of the rows holds. The search took a fifth of a native start.
@TargetClass(ReflectHelper.class)
final class MappedFields {

    private MappedFields() {}

    @Substitute
    public static @Nullable Method findGetterMethodForFieldAccess(
            Field field, String propertyName) {
        return null;
    }

    @Substitute
    public static @Nullable Method setterMethodOrNull(
            Class<?> containerClass, String propertyName, Class<?> propertyType) {
        return null;
    }
}
