package dev.serin.server.nativestart;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("A setting's name")
class SettingNameTest {

    private static final List<String> WORDS =
            List.of("quarkus", "http", "h", "port", "*", "log", "\"a.b\"", "level", "PORT", "p-t");

    @Property
    @Label("goes on with a word in a native executable where it does on the JVM")
    void goesOnAlike(
            @ForAll("words") List<String> words,
            @ForAll("word") String word,
            @ForAll boolean further) {
        var name = String.join(".", words);
        boolean second = further && words.size() > 1;

        assertThat(SettingName.isMapped(at(name, second), word))
                .isEqualTo(PropertiesUtil.isMapped(at(name, second), word));
    }

    private static NameIterator at(String name, boolean second) {
        var iterator = new NameIterator(name);
        if (second) {
            iterator.next();
        }
        return iterator;
    }

    @Provide
    Arbitrary<String> word() {
        return Arbitraries.of(WORDS);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return word().list().ofMinSize(1).ofMaxSize(4);
    }
}
