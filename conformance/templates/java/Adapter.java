import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Drives one SDK for the conformance suite. Put your SDK where tokenExchange is. */
public final class Adapter {
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

  /** A stand-in for your SDK: it posts what it is given. */
  private static String tokenExchange(String issuer, String form) throws Exception {
    var connection = (HttpURLConnection) new URL(issuer + "oauth/token").openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
    // An answer in the four or five hundreds is an exception.
    var body = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var token = ACCESS_TOKEN.matcher(body);
    if (!token.find()) throw new IllegalStateException("no access token");
    return token.group(1);
  }

  /** One exchange. The names of the options are the wire names of those that the application sets. */
  private static Object exchange(Kit.Request request) throws Exception {
    var form = new StringBuilder("grant_type=urn:ietf:params:oauth:grant-type:token-exchange");
    add(form, "client_id", request.client().id());
    add(form, "client_secret", request.client().secret());
    request.options().forEach((name, value) -> add(form, name, value));
    for (var extra : request.extra()) for (var value : extra.values()) add(form, extra.name(), value);
    return Map.of("access_token", tokenExchange(request.issuer(), form.toString()));
  }

  private static void add(StringBuilder form, String name, String value) {
    form.append('&').append(encoded(name)).append('=').append(encoded(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> capabilities = Map.of(
        "exchange", "typed",
        "extra", true,
        "actor", "typed",
        "organization", true,
        "current_actor", false,
        "delegation_chain", false);
    var sdk = Map.<String, Object>of("name", "my-sdk", "version", "0.0.0", "language", "java");
    Kit.serve(new Kit.Adapter(sdk, capabilities, 8), Map.of("exchange", Adapter::exchange));
  }
}
