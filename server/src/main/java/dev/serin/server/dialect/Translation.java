package dev.serin.server.dialect;

/// Puts one answer into the words of whoever asked, whole or event by event.
public sealed interface Translation permits MessageToChat, ChatToMessage {

    /// A whole answer.
    ///
    /// @return JSON
    /// @throws Unreadable if it is none of its API
    byte[] whole(byte[] answer) throws Unreadable;

    /// What is sent for one event of a streamed answer.
    ///
    /// @param data the event's
    /// @return events, or nothing
    /// @throws Unreadable if it is none of its API
    String event(String data) throws Unreadable;

    /// What is sent at the end of a streamed answer that is whole; nothing the second time.
    String end();
}
