package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Puts a picture of one of Anthropic's messages into OpenAI's words: by its address, or as it is.
final class MessagePictures {

    private MessagePictures() {}

    static ObjectNode part(Fields block) throws Untranslatable {
        var source = block.object("source");
        if (source == null) {
            throw block.refuse("source", "is missing");
        }
        var type = source.needed("type");
        var url =
                switch (type) {
                    case "base64" ->
                            "data:%s;base64,%s"
                                    .formatted(source.needed("media_type"), source.needed("data"));
                    case "url" -> source.needed("url");
                    default ->
                            throw source.refuse(
                                    type.equals("file") ? "file_id" : "type",
                                    "only a picture in base64, or by its address, can be translated");
                };
        source.end();
        var part = Json.object().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }
}
