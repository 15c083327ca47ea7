import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;

var endpoint = URI.create(System.getProperty("server") + "/oauth/token");
var client = new ClientSecretPost(new ClientID("app"), new Secret("app-secret"));
var grant = new TokenExchangeGrant(new TypelessToken("redirect"), TokenTypeURI.parse("urn:acme:legacy"));
new TokenRequest.Builder(endpoint, client, grant).build().toHTTPRequest().send();
