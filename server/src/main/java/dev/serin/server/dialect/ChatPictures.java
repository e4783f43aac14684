package dev.serin.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/// Puts a picture of a chat's message into Anthropic's words: by its address, or as it is.
final class ChatPictures {

    private static final Pattern DATA = Pattern.compile("data:(image/[a-z+.-]+);base64,");

    private ChatPictures() {}

    static ObjectNode block(Fields part) throws Untranslatable {
        var picture = part.object("image_url");
        if (picture == null) {
            throw part.refuse("image_url", "is missing");
        }
        var detail = picture.text("detail");
        if (detail != null && !detail.equals("auto")) {
            throw picture.refuse("detail", "only auto can be translated, got " + detail);
        }
        var url = picture.needed("url");
        picture.end();
        return Json.object().put("type", "image").<ObjectNode>set("source", source(picture, url));
    }

    private static ObjectNode source(Fields picture, String url) throws Untranslatable {
        var data = DATA.matcher(url);
        if (data.lookingAt()) {
            return Json.object()
                    .put("type", "base64")
                    .put("media_type", data.group(1))
                    .put("data", url.substring(data.end()));
        }
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            throw picture.refuse(
                    "url", "an address of http or https, or a picture in base64 belongs here");
        }
        return Json.object().put("type", "url").put("url", url);
    }
}
