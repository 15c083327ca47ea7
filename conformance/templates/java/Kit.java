import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The adapter protocol on standard input and output. Nothing here is yours to change. */
public final class Kit {
  private static final List<String> TEXTS =
      List.of("access_token", "token_type", "issued_token_type", "scope", "id_token", "refresh_token");
  private static final List<String> NUMBERS = List.of("expires_in", "expires_at");
  private static final List<String> HELPERS = List.of("session_transfer_redirect", "current_actor", "delegation_chain");

  /** One SDK: its identity, what it offers, and how many requests to work on at the same time, in threads. */
  public record Adapter(Map<String, Object> sdk, Map<String, Object> capabilities, int concurrency) {}

  /** A function for each "op". What it throws is the SDK's error, but for a Fault and for Unsupported. */
  public interface Operation {
    /** Gives the tokens as a map without null, or the value of a helper. */
    Object perform(Request request) throws Exception;
  }

  /** What the application gives: its options under their wire names, and extra parameters, whose order counts. */
  public record Request(
      String op, String issuer, Client client, Map<String, String> options, List<Extra> extra, String claims) {}

  /** Who the SDK is at the authorization server. Null is what was not said. */
  public record Client(String id, String secret, String authentication, String privateKey, Integer timeoutMs) {}

  /** An extra parameter with its values, in order. */
  public record Extra(String name, List<String> values) {}

  /** A mistake of the adapter itself, which says nothing of the SDK. */
  public static final class Fault extends RuntimeException {
    public Fault(String message) {
      super(message);
    }
  }

  /** What the SDK has no way to do. */
  public static final class Unsupported extends RuntimeException {
    public Unsupported(String capability) {
      super(capability);
    }
  }

  /** An error that the SDK gives, where it has the server's code or is no exception. */
  public static final class Rejected extends Exception {
    final String type;
    final String oauthError;

    public Rejected(String type, String message, String oauthError, Throwable cause) {
      super(message, cause);
      this.type = type;
      this.oauthError = oauthError;
    }
  }

  /** Answers requests until standard input ends. */
  public static void serve(Adapter adapter, Map<String, Operation> operations) throws Exception {
    // Standard output is for messages alone: what the SDK prints goes to standard error.
    PrintStream messages = System.out;
    System.setOut(System.err);
    trust(System.getenv("SSL_CERT_FILE"));
    ExecutorService threads = Executors.newFixedThreadPool(adapter.concurrency());
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String message = line;
      threads.execute(() -> {
        byte[] reply = (answer(adapter, operations, message) + "\n").getBytes(StandardCharsets.US_ASCII);
        synchronized (messages) {
          messages.write(reply, 0, reply.length);
          messages.flush();
        }
      });
    }
    threads.shutdown();
  }

  /** The private key of a client, which is an elliptic one. */
  public static ECPrivateKey privateKey(Client client) throws GeneralSecurityException {
    return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8(client)));
  }

  /** The private key of a client as bytes. */
  public static byte[] pkcs8(Client client) {
    return Base64.getMimeDecoder().decode(client.privateKey().replaceAll("-----[A-Z ]+-----", ""));
  }

  /** Java reads no PEM file of its own accord. */
  private static void trust(String pemFile) throws IOException, GeneralSecurityException {
    if (pemFile == null) return;
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (InputStream pem = new FileInputStream(pemFile)) {
      int count = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem))
        store.setCertificateEntry("authority-" + count++, certificate);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLContext.setDefault(context);
  }

  private static String answer(Adapter adapter, Map<String, Operation> operations, String line) {
    var message = map(new Json(line).value());
    var request = map(message.get("request"));
    Map<String, Object> reply = members("v", 1, "id", message.get("id"));
    if ("hello".equals(request.get("op"))) {
      var hello = members("sdk", adapter.sdk(), "capabilities", adapter.capabilities());
      hello.put("concurrency", adapter.concurrency());
      reply.put("hello", hello);
    } else reply.put("observation", observe(operations.get(request.get("op")), request));
    return Json.text(reply);
  }

  private static Map<String, Object> observe(Operation operation, Map<String, Object> request) {
    Object op = request.get("op");
    if (operation == null) return members("outcome", "unsupported", "capability", op);
    try {
      Object result = operation.perform(requestOf(request));
      if (HELPERS.contains(op)) return members("outcome", "value", "value", valueOf(result));
      return members("outcome", "tokens", "tokens", tokensOf(result));
    } catch (Fault fault) {
      return members("outcome", "adapter_error", "message", fault.getMessage());
    } catch (Unsupported unsupported) {
      return members("outcome", "unsupported", "capability", unsupported.getMessage());
    } catch (Throwable error) {
      return members("outcome", "rejected", "error", shown(error));
    }
  }

  /** Only the members of the protocol, in its types: what the SDK gives as something else still shows. */
  private static Map<String, Object> tokensOf(Object result) {
    Map<?, ?> given = result instanceof Map<?, ?> map ? map : members("access_token", result, "", null);
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("access_token", "");
    for (String name : TEXTS) if (given.get(name) != null) tokens.put(name, textOf(given.get(name)));
    for (String name : NUMBERS) if (given.get(name) != null) tokens.put(name, numberOf(given.get(name)));
    if (given.get("act") instanceof Map<?, ?> act) tokens.put("act", act);
    return tokens;
  }

  /** Not a number for what is none, which is null in JSON. */
  private static Double numberOf(Object value) {
    try {
      return new BigDecimal(value.toString()).doubleValue();
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }

  /** What is no text, no list and not nothing still shows, as its JSON text. */
  private static Object valueOf(Object result) {
    if (result instanceof List<?> items) return items.stream().map(Kit::textOf).toList();
    return result == null ? null : textOf(result);
  }

  private static String textOf(Object value) {
    return value instanceof String text ? text : Json.text(value);
  }

  private static Map<String, Object> shown(Throwable error) {
    var rejected = error instanceof Rejected known ? known : null;
    Throwable thrown = rejected != null && error.getCause() != null ? error.getCause() : error;
    String name = rejected == null || rejected.type == null ? thrown.getClass().getSimpleName() : rejected.type;
    var shown = members("class", name, "message", String.valueOf(error.getMessage()));
    // Without what caused it.
    var stack = new StringBuilder(thrown.toString());
    for (var frame : thrown.getStackTrace()) stack.append("\n    at ").append(frame);
    shown.put("stack", stack.toString());
    if (rejected != null && rejected.oauthError != null) shown.put("oauth_error", rejected.oauthError);
    return shown;
  }

  private static Request requestOf(Map<String, Object> request) {
    var given = map(request.get("client"));
    Double timeout = (Double) given.get("timeout_ms");
    var client = new Client((String) given.get("id"), (String) given.get("secret"), (String) given.get("authentication"),
        (String) given.get("private_key"), timeout == null ? null : timeout.intValue());
    Map<String, String> options = new LinkedHashMap<>();
    List<Extra> extra = new ArrayList<>();
    for (var entry : map(request.get("input")).entrySet()) {
      if (entry.getValue() instanceof String option) options.put(entry.getKey(), option);
      else for (Object pair : (List<?>) entry.getValue()) extra.add(extraOf((List<?>) pair));
    }
    String issuer = (String) map(request.get("target")).get("issuer");
    return new Request((String) request.get("op"), issuer, client, options, extra, (String) request.get("claims"));
  }

  private static Extra extraOf(List<?> pair) {
    List<?> values = pair.get(1) instanceof List<?> several ? several : List.of(pair.get(1));
    return new Extra((String) pair.get(0), values.stream().map(String.class::cast).toList());
  }

  /** A map of one member or two that can grow. */
  private static Map<String, Object> members(String name, Object value, String other, Object otherValue) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(name, value);
    members.put(other, otherValue);
    return members;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** As much JSON as the protocol needs: the JDK has none. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Object value() {
      char first = next();
      if (first == '{') return object();
      if (first == '[') return list();
      if (first == '"') return string();
      int from = at - 1;
      while (at < text.length() && ",]} \t\r".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(from, at);
      return switch (word) {
        case "null" -> null;
        case "true", "false" -> Boolean.valueOf(word);
        default -> Double.valueOf(word);
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      for (char mark = next(); mark != '}'; mark = next()) {
        if (mark == ',') continue;
        String name = string();
        next();
        members.put(name, value());
      }
      return members;
    }

    private List<Object> list() {
      List<Object> items = new ArrayList<>();
      for (char mark = next(); mark != ']'; mark = next()) {
        if (mark != ',') at--;
        items.add(value());
      }
      return items;
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      for (char letter = text.charAt(at++); letter != '"'; letter = text.charAt(at++)) {
        string.append(letter == '\\' ? escaped(text.charAt(at++)) : letter);
      }
      return string.toString();
    }

    private char escaped(char letter) {
      int known = "bfnrt".indexOf(letter);
      if (known >= 0) return "\b\f\n\r\t".charAt(known);
      if (letter != 'u') return letter;
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private char next() {
      while (Character.isWhitespace(text.charAt(at))) at++;
      return text.charAt(at++);
    }

    static String text(Object value) {
      StringBuilder text = new StringBuilder();
      write(text, value);
      return text.toString();
    }

    private static void write(StringBuilder text, Object value) {
      if (value instanceof Map<?, ?> members) {
        String separator = "{";
        for (var member : members.entrySet()) {
          write(text.append(separator), member.getKey());
          write(text.append(':'), member.getValue());
          separator = ",";
        }
        text.append(members.isEmpty() ? "{}" : "}");
      } else if (value instanceof Iterable<?> items) {
        String separator = "[";
        for (Object item : items) {
          write(text.append(separator), item);
          separator = ",";
        }
        text.append(separator.equals("[") ? "[]" : "]");
      } else if (value instanceof Double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        text.append(Double.isFinite(number) ? (whole ? String.valueOf(number.longValue()) : number.toString()) : "null");
      } else if (value == null || value instanceof Number || value instanceof Boolean) text.append(value);
      else quote(text, value.toString());
    }

    private static void quote(StringBuilder text, String string) {
      text.append('"');
      for (char letter : string.toCharArray()) {
        if (letter == '"' || letter == '\\') text.append('\\').append(letter);
        else if (letter < ' ' || letter > '~') text.append(String.format("\\u%04x", (int) letter));
        else text.append(letter);
      }
      text.append('"');
    }
  }
}
