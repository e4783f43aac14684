package dev.serin.server.provider;

/// The tokens of one call, as its provider counted them.
///
/// @param in of the question, 0 or more
/// @param cached those of `in` that the provider had kept, 0 or more
/// @param written those of `in` that the provider has kept for later, 0 or more
/// @param out of the answer, 0 or more
public record Usage(long in, long cached, long written, long out) {

    public Usage {
        if (in < 0 || out < 0 || cached < 0 || written < 0 || cached + written > in) {
            throw new IllegalArgumentException(
                    "tokens are 0 or more, and those kept no more than those asked, got %d, %d, %d, %d"
                            .formatted(in, cached, written, out));
        }
    }

    /// The tokens of a call for which nothing was kept.
    public Usage(long in, long cached, long out) {
        this(in, cached, 0, out);
    }
}
