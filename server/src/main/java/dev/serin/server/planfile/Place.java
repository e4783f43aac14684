package dev.serin.server.planfile;

/// Where something stands in a document.
///
/// @param line from 1
/// @param column from 1, in characters as a person counts them
public record Place(int line, int column) {

    public static final Place START = new Place(1, 1);

    /// The place of the character at `index` of `text`.
    static Place of(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, text.codePointCount(lineStart, index) + 1);
    }
}
