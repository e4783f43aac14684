package dev.serin.server.nativestart;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertyName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Settings with a star")
class StarredSettingsTest {

    private static final List<String> WORDS =
            List.of("a", "b", "*", "*", "\"a.b\"", "\"*\"", "a[0]", "a[*]", "a*", "a[", "");

    @Property(tries = 5_000)
    @Label("have the value that the map of all of them has")
    void answerAsTheMap(
            @ForAll("names") List<String> starred, @ForAll("names") List<String> asked) {
        var all = new HashMap<PropertyName, String>();
        for (var name : starred) {
            if (name.indexOf('*') >= 0) {
                all.put(new PropertyName(name), name);
            }
        }
        var settings = new StarredSettings(all);

        assertThat(asked)
                .allSatisfy(name ->
                        assertThat(settings.get(name)).isEqualTo(all.get(new PropertyName(name))));
    }

    @Example
    @Label("are found by the words before the star")
    void areFound() {
        var settings =
                new StarredSettings(
                        Map.of(
                                new PropertyName("quarkus.log.category.*.level"), "inherit",
                                new PropertyName("quarkus.*.enabled"), "true"));

        assertThat(settings.get("quarkus.log.category.\"dev.serin\".level")).isEqualTo("inherit");
        assertThat(settings.get("quarkus.http.enabled")).isEqualTo("true");
        assertThat(settings.get("quarkus.log.level")).isNull();
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of(WORDS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(words -> String.join(".", words))
                .list()
                .ofMaxSize(12);
    }
}
