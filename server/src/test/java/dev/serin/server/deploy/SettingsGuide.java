package dev.serin.server.deploy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/// Writes the table of all settings from the interfaces that read them.
final class SettingsGuide {

    private static final String HEAD =
            """
            # Settings

            Made from the code, which says the same. Each is a system property (`serin.tick.batch`), an environment variable
            (`SERIN_TICK_BATCH`) or a line of `config/application.properties` beside the program. Providers are in
            [the gateway's guide](gateway.md#providers); Quarkus' own settings (`QUARKUS_…`) hold too.

            | setting | environment | default | what it does |
            |---|---|---|---|
            """;

    private final Map<String, String> rows = new TreeMap<>();
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Map<String, ClassTree> groups = new HashMap<>();

    private SettingsGuide(Trees trees, CompilationUnitTree unit) {
        this.trees = trees;
        this.unit = unit;
    }

    static String write() throws IOException {
        var rows = new TreeMap<String, String>();
        for (var file : mappings()) {
            rows.putAll(read(file));
        }
        return HEAD + String.join("", rows.values());
    }

    private static List<Path> mappings() throws IOException {
        try (var files = Files.walk(Root.of("server/src/main/java"))) {
            return files.filter(it -> it.toString().endsWith(".java"))
                    .filter(SettingsGuide::isMapping)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isMapping(Path file) {
        try {
            return Files.readString(file).contains("\n@ConfigMapping(");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            var guide = new SettingsGuide(Trees.instance(task), unit);
            var root = (ClassTree) unit.getTypeDecls().getFirst();
            guide.find(root);
            var prefix = value(root.getModifiers(), "ConfigMapping").orElseThrow();
            guide.add(prefix, root, new TreePath(new TreePath(unit), root));
            return guide.rows;
        }
    }

    private void find(ClassTree type) {
        for (var member : type.getMembers()) {
            if (member instanceof ClassTree group) {
                groups.put(group.getSimpleName().toString(), group);
                find(group);
            }
        }
    }

    private void add(String prefix, ClassTree type, TreePath at) {
        for (var member : type.getMembers()) {
            if (member instanceof MethodTree method) {
                var name = prefix + "." + StringUtil.skewer(method.getName().toString());
                var group = groups.get(method.getReturnType().toString());
                if (group == null) {
                    rows.put(name, row(name, method, new TreePath(at, method)));
                } else {
                    add(name, group, new TreePath(at, group));
                }
            }
        }
    }

    private String row(String name, MethodTree method, TreePath at) {
        var words = Objects.requireNonNullElse(trees.getDocComment(at), "").strip();
        if (words.isEmpty()) {
            throw new IllegalStateException(
                    "%s has no words: say what turning it costs, in %s"
                            .formatted(name, unit.getSourceFile().getName()));
        }
        var usual =
                value(method.getModifiers(), "WithDefault")
                        .map(it -> "`" + it + "`")
                        .orElse("none");
        var variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return "| `%s` | `%s` | %s | %s |\n"
                .formatted(
                        name,
                        variable,
                        usual,
                        words.replaceAll("\\s*\\n\\s*", " ").replace("|", "\\|"));
    }

    /// The one text that an annotation of that name holds.
    private static Optional<String> value(ModifiersTree modifiers, String annotation) {
        return modifiers.getAnnotations().stream()
                .filter(it -> it.getAnnotationType().toString().equals(annotation))
                .map(AnnotationTree::getArguments)
                .map(List::getFirst)
                .map(it -> it instanceof AssignmentTree named ? named.getExpression() : it)
                .map(SettingsGuide::text)
                .findFirst();
    }

    private static String text(ExpressionTree literal) {
        return ((LiteralTree) literal).getValue().toString();
    }
}
