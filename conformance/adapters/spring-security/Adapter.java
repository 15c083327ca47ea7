import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.RestClientTokenExchangeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Drives the token exchange client of Spring Security. */
public final class Adapter {
  private static final Map<List<String>, Sdk> KNOWN = new ConcurrentHashMap<>();

  /** What an application makes once for each server and client. */
  private record Sdk(ClientRegistration registration, RestClientTokenExchangeTokenResponseClient client) {}

  /** A grant request with what the converters put into it: values that replace the SDK's, and values that are added. */
  private static final class Call extends TokenExchangeGrantRequest {
    final MultiValueMap<String, String> set = new LinkedMultiValueMap<>();
    final MultiValueMap<String, String> added = new LinkedMultiValueMap<>();

    Call(ClientRegistration registration, OAuth2AccessToken subject, OAuth2AccessToken actor) {
      super(registration, subject, actor);
    }
  }

  private static Object exchange(Kit.Request request) throws Exception {
    Map<String, String> options = request.options();
    requireType(options, "subject_token");
    requireType(options, "actor_token");
    try {
      Sdk sdk = sdkFor(request);
      var registration = ClientRegistration.withClientRegistration(sdk.registration());
      if (options.containsKey("scope")) registration.scope(options.get("scope").split(" "));
      var call = new Call(registration.build(), tokenOf(options, "subject_token"), tokenOf(options, "actor_token"));
      for (var name : List.of("subject_token_type", "actor_token_type", "requested_token_type"))
        if (options.containsKey(name)) call.set.add(name, options.get(name));
      for (var name : List.of("audience", "organization"))
        if (options.containsKey(name)) call.added.add(name, options.get(name));
      for (var extra : request.extra()) for (var value : extra.values()) call.added.add(extra.name(), value);
      return tokensOf(sdk.client().getTokenResponse(call));
    } catch (OAuth2AuthorizationException error) {
      throw new Kit.Rejected(null, error.getMessage(), error.getError().getErrorCode(), error);
    }
  }

  /** The SDK takes the type from the class of a token: there is no token without a type, and no blank type. */
  private static void requireType(Map<String, String> options, String token) {
    String type = options.get(token + "_type");
    if (options.containsKey(token) != (type != null) || (type != null && type.isBlank()))
      throw new Kit.Unsupported(token + "_type");
  }

  private static OAuth2AccessToken tokenOf(Map<String, String> options, String name) {
    return options.containsKey(name) ? new OAuth2AccessToken(TokenType.BEARER, options.get(name), null, null) : null;
  }

  private static Sdk sdkFor(Kit.Request request) throws Exception {
    var given = request.client();
    var key = List.of(request.issuer(), given.id(), given.secret(), given.authentication());
    Sdk known = KNOWN.get(key);
    if (known != null) return known;
    var registration = ClientRegistrations.fromIssuerLocation(request.issuer())
        .registrationId("suite")
        .clientId(given.id())
        .clientSecret(given.secret())
        .clientAuthenticationMethod(new ClientAuthenticationMethod(given.authentication()))
        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
        .scope(List.of())
        .build();
    var client = new RestClientTokenExchangeTokenResponseClient();
    client.setParametersConverter(grant -> ((Call) grant).set);
    client.addParametersConverter(grant -> ((Call) grant).added);
    if (given.privateKey() != null) {
      JWK jwk = jwkOf(given);
      client.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<>(of -> jwk));
    }
    Sdk made = new Sdk(registration, client);
    KNOWN.put(key, made);
    return made;
  }

  /** The encoded key ends with its public point. */
  private static JWK jwkOf(Kit.Client client) throws Exception {
    byte[] encoded = Kit.pkcs8(client);
    int end = encoded.length;
    var x = Base64URL.encode(Arrays.copyOfRange(encoded, end - 64, end - 32));
    var y = Base64URL.encode(Arrays.copyOfRange(encoded, end - 32, end));
    return new ECKey.Builder(Curve.P_256, x, y).privateKey(Kit.privateKey(client)).build();
  }

  private static Map<String, Object> tokensOf(OAuth2AccessTokenResponse response) {
    var access = response.getAccessToken();
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("access_token", access.getTokenValue());
    tokens.put("token_type", access.getTokenType().getValue());
    if (access.getExpiresAt() != null) tokens.put("expires_at", access.getExpiresAt().toEpochMilli() / 1000.0);
    if (!access.getScopes().isEmpty()) tokens.put("scope", String.join(" ", access.getScopes()));
    if (response.getRefreshToken() != null) tokens.put("refresh_token", response.getRefreshToken().getTokenValue());
    for (var name : List.of("issued_token_type", "id_token"))
      if (response.getAdditionalParameters().get(name) instanceof String text) tokens.put(name, text);
    return tokens;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> capabilities = new LinkedHashMap<>(Map.of(
        "exchange", "generic",
        "owns", List.of("grant_type", "client_id", "client_secret", "scope", "subject_token", "subject_token_type",
            "actor_token", "actor_token_type", "requested_token_type"),
        "extra", true,
        "actor", "typed",
        "current_actor", false,
        "delegation_chain", false,
        "oauth_error", true,
        "client_authentication", List.of("client_secret_post", "client_secret_basic", "private_key_jwt", "none")));
    capabilities.put("timeout", Map.of("not_applicable", "the HTTP client that the application gives decides"));
    var version = TokenExchangeGrantRequest.class.getPackage().getImplementationVersion();
    var sdk = Map.<String, Object>of("name", "spring-security", "version", version, "language", "java");
    Kit.serve(new Kit.Adapter(sdk, capabilities, 8), Map.of("exchange", Adapter::exchange));
  }
}
