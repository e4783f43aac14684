package dev.serin.server.planfile;

import java.util.List;

/// A value of a document, with the place where it stands.
public sealed interface Value {

    Place place();

    /// What stands there, as a person would quote it.
    String shown();

    /// What kind of value it is, in words.
    String kind();

    /// Text, quoted or not.
    record Text(Place place, String text) implements Value {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public String kind() {
            return "text";
        }
    }

    /// A number, as it was written.
    record Numeric(Place place, String text) implements Value {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public String kind() {
            return "a number";
        }
    }

    record Flag(Place place, boolean on) implements Value {
        @Override
        public String shown() {
            return Boolean.toString(on);
        }

        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Nothing(Place place) implements Value {
        @Override
        public String shown() {
            return "";
        }

        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Items(Place place, List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "[%d values]".formatted(items.size());
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Named values.
    ///
    /// @param fields in the document's order; no name twice
    record Fields(Place place, List<Field> fields) implements Value {
        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public String shown() {
            return "{%d fields}".formatted(fields.size());
        }

        @Override
        public String kind() {
            return "a group of fields";
        }
    }

    /// One named value.
    ///
    /// @param place of the name
    record Field(Place place, String name, Value value) {}
}
