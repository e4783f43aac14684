package dev.serin.server.nativestart;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import io.smallrye.config.PropertyName;

/// Whether a setting's name goes on with a word. A name is held against hundreds of words, and most begin
/// otherwise, so that its end need not be looked for.
@TargetClass(PropertiesUtil.class)
final class SettingName {

    private SettingName() {}

    @Substitute
    public static boolean isMapped(NameIterator name, String word) {
        int from = name.getPosition() == -1 ? 0 : name.getPosition() + 1;
        var whole = name.getName();
        if (!word.isEmpty() && from < whole.length()) {
            char first = whole.charAt(from);
            if (first != word.charAt(0) && first != '*' && word.charAt(0) != '*') {
                return false;
            }
        }
        int end = name.getNextEnd();
        int length = end == 0 ? whole.length() : end - from;
        return PropertyName.equals(whole, from, length, word, 0, word.length());
    }
}
