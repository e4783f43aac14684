package dev.serin.web.notice;

import dev.serin.web.words.Tone;
import dev.serin.web.words.When;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was sent to whom, ready to print.
///
/// @param sentence the page's answer: whether anything was not taken
/// @param address query of this page, such as `?state=dead`; empty without a filter
/// @param moving whether something here is about to be sent, so that the page looks again by itself
/// @param mayResend whether the reader may have dead letters sent again
/// @param older query of the next page, or null on the last
/// @param newest query of the first page, or null when this is the first
/// @param receivers who is told of what no plan says; null for those who may not know
public record NoticesView(
        String sentence,
        Tone tone,
        String address,
        boolean moving,
        boolean mayResend,
        List<Line> lines,
        Filter filter,
        @Nullable String older,
        @Nullable String newest,
        @Nullable Receivers receivers) {

    public NoticesView {
        lines = List.copyOf(lines);
    }

    /// A message on its way to one receiver.
    ///
    /// @param id its number
    /// @param said what happened, in a sentence
    /// @param receiver what is shown of its address, such as `https://hooks.example.com/…`
    /// @param kind such as `webhook`
    /// @param state such as `dead letter`
    /// @param tries such as `3 tries`
    /// @param answer what came of the last try, or null before it
    /// @param tried when that was, or null before it
    /// @param next when it is tried again, or null
    /// @param resendable whether it can be sent again
    public record Line(
            long id,
            When at,
            String route,
            String rollout,
            String said,
            String receiver,
            String kind,
            Tone tone,
            String state,
            String tries,
            @Nullable String answer,
            @Nullable When tried,
            @Nullable When next,
            boolean resendable) {

        /// The route's name as it stands in an address.
        public String routeInAddress() {
            return URLEncoder.encode(route, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    /// The filter as it stands in the address.
    ///
    /// @param state the chosen one, or empty
    /// @param states all that can be chosen, *all* first
    /// @param before where this page begins, or empty
    public record Filter(
            String state, List<Choice> states, String route, String before, boolean filtered) {

        public Filter {
            states = List.copyOf(states);
        }
    }

    /// One choice of a filter.
    ///
    /// @param value as it stands in the address; empty for all
    public record Choice(String value, String label, boolean chosen) {}

    /// Who is told, and the form that adds to them.
    ///
    /// @param mail whether e-mail can be sent from here
    /// @param typed what stands in the form
    /// @param field the field that is wrong; null if none is
    /// @param wrong what is wrong with `field`; empty where none is
    public record Receivers(
            List<Receiver> all, boolean mail, Typed typed, @Nullable String field, String wrong) {

        public Receivers {
            all = List.copyOf(all);
        }

        /// What is wrong with a field, or null if it is right.
        public @Nullable String errorOf(String name) {
            return name.equals(field) ? wrong : null;
        }
    }

    /// What was typed into the form, so that nobody types it twice.
    public record Typed(String address, String kind, String route, String team) {

        public static final Typed NOTHING = new Typed("", "", "", "");
    }

    /// One of them.
    ///
    /// @param place what is shown of its address
    /// @param hears such as `all routes` or `support-chat`
    public record Receiver(
            String id, String place, String kind, String hears, String by, When since) {}
}
