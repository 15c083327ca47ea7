import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Drives Nimbus' OAuth 2.0 SDK: its token exchange grant in a token request. */
public final class Adapter {
  private static final Map<String, URI> TOKEN_ENDPOINTS = new ConcurrentHashMap<>();

  private static Object exchange(Kit.Request request) throws Exception {
    URI endpoint = tokenEndpoint(request.issuer());
    var http = tokenRequest(endpoint, request).toHTTPRequest();
    if (request.client().timeoutMs() != null) http.setReadTimeout(request.client().timeoutMs());
    TokenResponse response = OIDCTokenResponseParser.parse(http.send());
    if (response.indicatesSuccess()) return tokensOf(response);
    var error = response.toErrorResponse().getErrorObject();
    throw new Kit.Rejected("TokenErrorResponse", String.valueOf(error.getDescription()), error.getCode(), null);
  }

  private static URI tokenEndpoint(String issuer) throws Exception {
    URI known = TOKEN_ENDPOINTS.get(issuer);
    if (known != null) return known;
    URI found = OIDCProviderMetadata.resolve(new Issuer(issuer)).getTokenEndpointURI();
    TOKEN_ENDPOINTS.put(issuer, found);
    return found;
  }

  private static TokenRequest tokenRequest(URI endpoint, Kit.Request request) throws Exception {
    Map<String, String> options = request.options();
    String actor = options.get("actor_token");
    String audience = options.get("audience");
    var grant = new TokenExchangeGrant(
        new TypelessToken(options.get("subject_token")), typeOf(options.get("subject_token_type")),
        actor == null ? null : new TypelessToken(actor), typeOf(options.get("actor_token_type")),
        typeOf(options.get("requested_token_type")), audience == null ? null : List.of(new Audience(audience)));
    var client = new ClientID(request.client().id());
    var builder = request.client().authentication().equals("none")
        ? new TokenRequest.Builder(endpoint, client, grant)
        : new TokenRequest.Builder(endpoint, authentication(endpoint, client, request.client()), grant);
    builder.scope(Scope.parse(options.get("scope")));
    for (var extra : request.extra()) builder.customParameter(extra.name(), extra.values().toArray(String[]::new));
    return builder.build();
  }

  private static ClientAuthentication authentication(URI endpoint, ClientID id, Kit.Client client) throws Exception {
    return switch (client.authentication()) {
      case "client_secret_post" -> new ClientSecretPost(id, new Secret(client.secret()));
      case "client_secret_basic" -> new ClientSecretBasic(id, new Secret(client.secret()));
      case "private_key_jwt" -> new PrivateKeyJWT(id, endpoint, JWSAlgorithm.ES256, Kit.privateKey(client), null, null);
      default -> throw new Kit.Unsupported(client.authentication());
    };
  }

  private static TokenTypeURI typeOf(String type) throws Exception {
    return type == null ? null : TokenTypeURI.parse(type);
  }

  private static Map<String, Object> tokensOf(TokenResponse response) {
    var given = response.toSuccessResponse().getTokens();
    var access = given.getAccessToken();
    Map<String, Object> tokens = new LinkedHashMap<>();
    tokens.put("access_token", access.getValue());
    tokens.put("token_type", access.getType().getValue());
    if (access.getIssuedTokenType() != null) tokens.put("issued_token_type", access.getIssuedTokenType().toString());
    if (access.getLifetime() > 0) tokens.put("expires_in", access.getLifetime());
    if (access.getScope() != null) tokens.put("scope", access.getScope().toString());
    if (given.getRefreshToken() != null) tokens.put("refresh_token", given.getRefreshToken().getValue());
    if (response instanceof OIDCTokenResponse oidc && oidc.getOIDCTokens().getIDTokenString() != null)
      tokens.put("id_token", oidc.getOIDCTokens().getIDTokenString());
    return tokens;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> capabilities = Map.of(
        "exchange", "typed",
        "extra", true,
        "actor", "typed",
        "current_actor", false,
        "delegation_chain", false,
        "oauth_error", true,
        "timeout", true,
        "client_authentication", List.of("client_secret_post", "client_secret_basic", "private_key_jwt", "none"));
    var sdk = Map.<String, Object>of("name", "nimbus", "version", TokenRequest.class.getPackage().getImplementationVersion(), "language", "java");
    Kit.serve(new Kit.Adapter(sdk, capabilities, 8), Map.of("exchange", Adapter::exchange));
  }
}
