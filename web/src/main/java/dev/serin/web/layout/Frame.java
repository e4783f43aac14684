package dev.serin.web.layout;

import org.jspecify.annotations.Nullable;

/// What every page shares.
///
/// @param root prefix of every address on the page, such as an empty text or `/serin`; never ends
///     with a slash
/// @param version of the assets, added to their addresses so that an upgrade is seen at once
/// @param signedInAs the name that is shown, or null when nobody is signed in and no name is known
/// @param demo whether this is the demo, whose traffic is simulated
/// @param open whether nobody is asked to sign in, so that names are said and not proven
/// @param admin whether the reader may open the pages of admins
/// @param operator whether the reader may start, pause, roll back and use the lab
/// @param audits whether the reader is admin of any team, and so may read its audit and freeze its shares
public record Frame(
        String root,
        String version,
        @Nullable String signedInAs,
        boolean demo,
        boolean open,
        boolean admin,
        boolean operator,
        boolean audits) {

    /// A frame for an admin of everything, or of nothing.
    public Frame(
            String root,
            String version,
            @Nullable String signedInAs,
            boolean demo,
            boolean open,
            boolean admin,
            boolean operator) {
        this(root, version, signedInAs, demo, open, admin, operator, admin);
    }

    public Frame {
        if (root.endsWith("/")) {
            throw new IllegalArgumentException("a root does not end with a slash, got " + root);
        }
    }

    /// Whether the page offers to sign out: only where somebody has signed in.
    public boolean canSignOut() {
        return signedInAs != null && !open;
    }
}
