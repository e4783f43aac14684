package dev.serin.simulator.provider;

/// A tool that an answer calls instead of saying something.
///
/// @param name the tool's
/// @param arguments for it, a JSON object as text
public record ToolCall(String name, String arguments) {}
