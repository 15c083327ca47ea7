import java.time.Duration;
import org.springframework.security.oauth2.client.endpoint.RestClientTokenExchangeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.util.LinkedMultiValueMap;

class SpringSecurity {
  public static void main(String[] arguments) {
    var registration = ClientRegistration.withRegistrationId("app").clientId("app").clientSecret("app-secret")
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE).tokenUri(arguments[0] + "/oauth/token").build();
    var client = new RestClientTokenExchangeTokenResponseClient();
    var further = new LinkedMultiValueMap<String, String>();
    further.add("client_id", "another-app");
    client.addParametersConverter(request -> further);
    var subject = new OAuth2AccessToken(TokenType.BEARER, "subject", null, null);
    var token = client.getTokenResponse(new TokenExchangeGrantRequest(registration, subject, null)).getAccessToken();
    System.out.println("lifetime " + Duration.between(token.getIssuedAt(), token.getExpiresAt()));
    try {
      var refused = new OAuth2AccessToken(TokenType.BEARER, "refused", null, null);
      client.getTokenResponse(new TokenExchangeGrantRequest(registration, refused, null));
    } catch (OAuth2AuthorizationException error) {
      System.out.println("error " + error.getError().getErrorCode());
    }
  }
}
