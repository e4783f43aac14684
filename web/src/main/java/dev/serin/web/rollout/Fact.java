package dev.serin.web.rollout;

/// A name with its value.
///
/// @param value as printed: `1,140`, `not known`
/// @param detail a remark beside it, or empty: `of 20 allowed`
public record Fact(String name, String value, String detail) {}
