package dev.serin.web.chart;

import io.quarkus.qute.RawString;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Builds a picture. Each x is a part of the width, 0 to 1; each y is in pixels from the top.
final class Svg {

    private final StringBuilder out = new StringBuilder(1024);

    /// Begins a picture that is read aloud as `words`.
    static Svg picture(String kind, double height, String words) {
        var svg = new Svg();
        svg.out
                .append("<svg class=\"picture ")
                .append(kind)
                .append("\" role=\"img\" width=\"100%\" height=\"")
                .append(number(height))
                .append("\"><title>")
                .append(escaped(words))
                .append("</title>");
        return svg;
    }

    /// Begins a picture of a fixed size in its own coordinates.
    static Svg glyph(String kind, int width, int height, String words) {
        var svg = new Svg();
        svg.out.append(
                "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>%s</title>"
                        .formatted(kind, width, height, width, height, escaped(words)));
        return svg;
    }

    Svg rect(String kind, double x, double y, double width, double height) {
        return raw(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                        .formatted(
                                kind,
                                part(x),
                                number(y),
                                part(Math.max(0, width)),
                                number(Math.max(0, height))));
    }

    Svg line(String kind, double x1, double y1, double x2, double y2) {
        return raw(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                        .formatted(kind, part(x1), number(y1), part(x2), number(y2)));
    }

    Svg dot(String kind, double x, double y, double radius) {
        return raw(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>"
                        .formatted(kind, part(x), number(y), number(radius)));
    }

    /// A text that begins (`start`), ends (`end`) or is centred (`middle`) at x, moved by `dx`
    /// pixels.
    Svg text(String kind, double x, double y, String anchor, double dx, String words) {
        return raw(
                "<text class=\"%s\" x=\"%s\" y=\"%s\" dx=\"%s\" text-anchor=\"%s\">%s</text>"
                        .formatted(kind, part(x), number(y), number(dx), anchor, escaped(words)));
    }

    /// A shape in pixels around a point.
    Svg shape(String kind, double x, double y, String path) {
        return raw(
                "<svg class=\"at\" x=\"%s\" y=\"%s\" overflow=\"visible\"><path class=\"%s\" d=\"%s\"/></svg>"
                        .formatted(part(x), number(y), kind, path));
    }

    /// Begins a part that cuts off whatever does not fit in it.
    Svg cut(double x, double y, double width, double height) {
        return raw(
                "<svg x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">"
                        .formatted(part(x), number(y), part(width), number(height)));
    }

    /// Begins a part of the whole width whose own coordinates are 0 to 1000 across and 0 to 1000
    /// down.
    Svg plane(double y, double height) {
        return raw(
                "<svg y=\"%s\" width=\"100%%\" height=\"%s\" viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\">"
                        .formatted(number(y), number(height)));
    }

    Svg path(String kind, String path) {
        return raw(
                "<path class=\"%s\" d=\"%s\" vector-effect=\"non-scaling-stroke\"/>"
                        .formatted(kind, path));
    }

    /// Adds markup that is ready.
    Svg raw(String markup) {
        out.append(markup);
        return this;
    }

    Svg close() {
        out.append("</svg>");
        return this;
    }

    RawString done() {
        return new RawString(close().out.toString());
    }

    static String part(double x) {
        return number(Math.clamp(x, -0.5, 1.5) * 100) + "%";
    }

    static String number(double value) {
        var rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
