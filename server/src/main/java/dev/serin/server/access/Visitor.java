package dev.serin.server.access;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who asks.
///
/// @param name null where nobody signs in and nobody has said a name yet
/// @param proven whether the name was proven by a password
/// @param grants what they may do; everything where nobody signs in
public record Visitor(@Nullable String name, boolean proven, Set<Grant> grants) {

    /// What the first account may do, and everybody where nobody signs in.
    static final Set<Grant> EVERYTHING = Set.of(new Grant(Grant.EVERY_TEAM, Role.ADMIN));

    /// How a name ends in the journal that was said and not proven.
    static final String SAID = " (said)";

    /// Has not signed in, and may do nothing.
    static final Visitor STRANGER = new Visitor(null, false, Set.of());

    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /// Longest name, in characters.
    static final int LONGEST = 80;

    public Visitor {
        grants = Set.copyOf(grants);
    }

    /// Serin itself, as far as teams go.
    public static Visitor serin() {
        return new Visitor("serin", false, EVERYTHING);
    }

    /// Whether they may do what a role is needed for.
    ///
    /// @param team a team's name; null or [Grant#COMMON_TEAM] for what belongs to none
    public boolean may(Role role, @Nullable String team) {
        return scope(role).covers(team);
    }

    /// Whether they may give a role, see who has it, and take it. One in `*` is given by those who have
    /// it.
    boolean mayGive(Grant grant) {
        return grant.team().equals(Grant.EVERY_TEAM)
                ? grants.contains(new Grant(Grant.EVERY_TEAM, Role.ADMIN))
                : may(Role.ADMIN, grant.team());
    }

    /// Where they may do what a role is needed for. What belongs to no team is seen by whoever has a
    /// role anywhere, and acted on by roles in [Grant#COMMON_TEAM] only.
    public Scope scope(Role role) {
        for (var grant : grants) {
            if (grant.isEverywhere() && grant.role().includes(role)) {
                return Scope.EVERYWHERE;
            }
        }
        var held = grants.stream().filter(grant -> grant.role().includes(role)).toList();
        return new Scope(
                false,
                role == Role.VIEWER && !held.isEmpty(),
                held.stream().map(Grant::team).collect(Collectors.toSet()));
    }

    /// What they may look at.
    public Scope sight() {
        return scope(Role.VIEWER);
    }

    /// The name as the journal writes it: `ada`, or `Mira (said)` where nobody proved it.
    public String by() {
        return proven && name != null ? name : (name == null ? "somebody" : name) + SAID;
    }

    public boolean isNameless() {
        return name == null;
    }

    static Visitor said(@Nullable String name) {
        var clean = clean(name);
        return new Visitor(clean.isEmpty() ? null : clean, false, EVERYTHING);
    }

    /// A name without what could not be seen, in one line, not too long.
    static String clean(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return "";
        }
        var visible = UNSEEN.matcher(name).replaceAll(" ");
        var line = SPACES.matcher(visible.strip()).replaceAll(" ");
        while (line.endsWith(SAID)) {
            line = line.substring(0, line.length() - SAID.length()).strip();
        }
        return line.length() <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST)))
                        .strip();
    }
}
