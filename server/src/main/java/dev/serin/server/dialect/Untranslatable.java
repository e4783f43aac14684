package dev.serin.server.dialect;

/// A question that the provider's API has no words for.
public final class Untranslatable extends Exception {

    private static final long serialVersionUID = 1;

    private final String field;

    /// @param field such as `messages[0].content[1].type`
    /// @param why what is wrong with it, in half a sentence
    public Untranslatable(String field, String why) {
        super(field + ": " + why, null, false, false);
        this.field = field;
    }

    /// Where it stands in the question.
    public String field() {
        return field;
    }
}
