package accounts.client.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON by the letter of its standard, with each key of an object once. */
final class StrictJson {

  private static final Gson JSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private StrictJson() {}

  /**
   * Returns an object; null for {@code null}.
   *
   * @throws com.google.gson.JsonSyntaxException if it is no object
   * @throws JsonParseException if a key is given twice, of which only the last would be seen
   */
  static @Nullable JsonObject object(String text) {
    JsonObject object = JSON.fromJson(text, JsonObject.class);
    try {
      refuseRepeatedKeys(new JsonReader(new StringReader(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of a text that was read before
    }
    return object;
  }

  private static void refuseRepeatedKeys(JsonReader in) throws IOException {
    switch (in.peek()) {
      case BEGIN_OBJECT -> refuseRepeatedKeysOfObject(in);
      case BEGIN_ARRAY -> {
        in.beginArray();
        while (in.hasNext()) {
          refuseRepeatedKeys(in);
        }
        in.endArray();
      }
      default -> in.skipValue();
    }
  }

  private static void refuseRepeatedKeysOfObject(JsonReader in) throws IOException {
    Set<String> keys = new HashSet<>();
    in.beginObject();
    while (in.hasNext()) {
      if (!keys.add(in.nextName())) {
        String path = in.getPath().substring("$.".length());
        throw new JsonParseException(Shown.cut(path) + ": given twice (expected: once)");
      }
      refuseRepeatedKeys(in);
    }
    in.endObject();
  }
}
