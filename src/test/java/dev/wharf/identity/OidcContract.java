package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.OidcProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens of an identity provider promise, on each database that the registry can be in. */
abstract class OidcContract extends WharfTest {
    private static final String CURRENT = "/v4/people/current";

    abstract OidcProvider provider();

    abstract Wharf service();

    private Api administrator() {
        return new Api(service().api(), token(service()));
    }

    private Api with(JWTClaimsSet.Builder claims) {
        return new Api(service().api(), provider().sign(claims));
    }

    JWTClaimsSet.Builder claims() {
        return provider().claims(Instant.now());
    }

    private static String email() {
        return UUID.randomUUID() + "@example.com";
    }

    private Api.Answer refused(JWTClaimsSet.Builder claims, String... words) {
        var answer = with(claims).get(CURRENT);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText()).contains(words);
        return answer;
    }

    private static Map<String, Object> disabled(boolean disabled) {
        return Map.of("isDisabled", disabled);
    }

    private void disable(long person, boolean disabled) {
        var answer = administrator().patch("/v4/workspaces/current/people/" + person, disabled(disabled));
        assertThat(answer.status()).isEqualTo(200);
    }

    private long person(JWTClaimsSet.Builder claims) {
        var answer = with(claims).get(CURRENT);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asLong();
    }

    private int peopleWith(String email) {
        return administrator()
                .get("/v4/people?includeCount=true&filter=" + email)
                .json()
                .path("count")
                .asInt();
    }

    @Test
    void whoComesForTheFirstTimeBecomesAMemberWithoutRolesAndPassword() {
        var claims = claims().claim("name", "Ann");
        String email = (String) claims.getClaims().get("email");

        var person = with(claims).get(CURRENT).json();

        assertThat(person.path("email").asText()).isEqualTo(email);
        assertThat(person.path("name").asText()).isEqualTo("Ann");
        assertThat(person.path("authorizationRoles").size()).isZero();
        assertThat(person.path("workspace").path("id").asLong()).isEqualTo(1);
        var listed = administrator()
                .get("/v4/people?filter=" + email)
                .json()
                .path("data")
                .path(0);
        assertThat(listed).isEqualTo(person);
        var basic = new Api(service().api(), null);
        assertThat(basic.send(basic.request(CURRENT)
                                .header("authorization", BasicContract.basic(email, ""))
                                .GET())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPersonStaysTheSameWhateverTheProviderCallsThem() {
        var claims = claims();
        long person = person(claims);

        assertThat(person(claims.claim("email", email()).claim("name", "Somebody else")))
                .isEqualTo(person);
        assertThat(person(claims.claim("email", null))).isEqualTo(person);
        assertThat(person(claims.claim("email", "admin@localhost"))).isEqualTo(person);
    }

    @Test
    void rolesAreThoseThatAnAdministratorGivesAndCountAtOnce() {
        var claims = claims();
        Api ann = with(claims);
        long person = person(claims);
        assertThat(ann.post("/v4/people", Map.of("email", email(), "name", "Bob"))
                        .status())
                .isEqualTo(403);

        administrator()
                .patch(
                        "/v4/workspaces/current/people/" + person,
                        Map.of("authorizationRoles", List.of("workspaceAdmin")));

        assertThat(ann.post("/v4/people", Map.of("email", email(), "name", "Bob"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aVerifiedAddressMakesTheAccountThePersonsWhoHasIt() {
        var newcomer = Newcomer.add(administrator(), "dataAdmin");

        var claims = claims().claim("email", newcomer.email().toUpperCase());

        assertThat(person(claims)).isEqualTo(newcomer.id());
        assertThat(with(claims).get(CURRENT).json().path("authorizationRoles").toString())
                .contains("dataAdmin");
        assertThat(newcomer.api().get(CURRENT).status()).isEqualTo(200);
    }

    @Test
    void nobodyBecomesAnAdministratorByAnAddressThatWasNotVerified() {
        for (Object verified : new Object[] {null, false, "true", 1}) {
            refused(
                    claims().claim("email", "admin@localhost").claim("email_verified", verified),
                    "There is already a person with the address admin@localhost",
                    "email_verified",
                    "access token");
        }
    }

    @Test
    void lettersThatOnlyLookAlikeInLowerCaseAreNobodyElses() {
        var newcomer = Newcomer.add(administrator());
        String email = "k" + newcomer.email();
        administrator().post("/v4/people", Map.of("email", email, "name", "K"));

        refused(claims().claim("email", "\u212A" + newcomer.email()), "does not prove"); // the sign for kelvin
    }

    @Test
    void anAddressThatWasGivenToSomebodyElseDoesNotMakeThemItsFormerOwner() {
        var claims = claims();
        long person = person(claims);
        String email = (String) claims.getClaims().get("email");

        refused(claims().claim("email", email), "another account at the identity provider");

        assertThat(person(claims)).isEqualTo(person);
    }

    @Test
    void firstLoginsAtTheSameMomentAreOnePerson() throws Exception {
        for (int round = 0; round < 5; round++) {
            var claims = claims();
            String token = provider().sign(claims);
            var threads = Executors.newFixedThreadPool(8);
            try {
                Callable<Api.Answer> login = () -> new Api(service().api(), token).get(CURRENT);
                var answers = threads.invokeAll(
                        IntStream.range(0, 8).mapToObj(i -> login).toList());
                for (var answer : answers) {
                    assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
                }
            } finally {
                threads.shutdown();
            }
            assertThat(peopleWith((String) claims.getClaims().get("email"))).isEqualTo(1);
        }
    }

    @Test
    void aFirstLoginWhileAnAdministratorAddsThePersonIsOnePerson() throws Exception {
        for (int round = 0; round < 10; round++) {
            var claims = claims();
            String email = (String) claims.getClaims().get("email");
            String token = provider().sign(claims);
            var threads = Executors.newFixedThreadPool(2);
            try {
                var login = threads.submit(() -> new Api(service().api(), token).get(CURRENT));
                var adding =
                        threads.submit(() -> administrator().post("/v4/people", Map.of("email", email, "name", "Ann")));
                assertThat(login.get().status()).as(login.get().text()).isEqualTo(200);
                assertThat(adding.get().status()).isIn(201, 409);
            } finally {
                threads.shutdown();
            }
            assertThat(peopleWith(email)).isEqualTo(1);
        }
    }

    @Test
    void whoIsDisabledIsRefusedAtOnce() {
        var claims = claims();
        long person = person(claims);

        disable(person, true);

        assertThat(with(claims).get(CURRENT).status()).isEqualTo(401);
        assertThat(peopleWith((String) claims.getClaims().get("email"))).isEqualTo(1);
        disable(person, false);
        assertThat(person(claims)).isEqualTo(person);
    }

    @Test
    void whoWasDisabledBeforeTheyCameIsRefused() {
        var newcomer = Newcomer.add(administrator());
        disable(newcomer.id(), true);
        var claims = claims().claim("email", newcomer.email());

        assertThat(with(claims).get(CURRENT).status()).isEqualTo(401);
        assertThat(with(claims).get(CURRENT).status()).isEqualTo(401);
    }

    @Test
    void aMissingAddressIsToldWithItsClaimAndSetting() {
        refused(claims().claim("email", null), "claim email is missing", "wharf.oidc.email-claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "", "ann@", "ann@example.com\r\nx: y", "a b@example.com", "a@b@c"})
    void aMalformedAddressIsToldWithItsClaimAndSetting(String email) {
        refused(claims().claim("email", email), "claim email must be an address", "wharf.oidc.email-claim");
        refused(claims().claim("email", List.of(email)), "claim email must be an address");
        refused(claims().claim("email", "x".repeat(10_000) + "@example.com"), "claim email must be an address");
    }

    @Test
    void namesAreOnlyText() {
        var claims = claims();
        for (var name : Map.of(
                        "x".repeat(10_000),
                        "x".repeat(255),
                        "Ann\r\nx: y",
                        "Ann  x: y",
                        "${sysenv.HOME} {{wharf.node}}",
                        "${sysenv.HOME} {{wharf.node}}",
                        "😀".repeat(200),
                        "😀".repeat(127),
                        " Ann\0 ",
                        "Ann")
                .entrySet()) {
            var somebody = claims().claim("name", name.getKey());
            assertThat(with(somebody).get(CURRENT).json().path("name").asText()).isEqualTo(name.getValue());
        }
        for (Object none : new Object[] {null, " ", 7, List.of("Ann")}) {
            claims = claims().claim("name", none);
            assertThat(with(claims).get(CURRENT).json().path("name").asText())
                    .isEqualTo(claims.getClaims().get("email"));
        }
    }

    @Test
    void aTokenThatIsRefusedIsToldWhyAndHowElseOneComesIn() {
        var answer = with(claims().audience("another")).get(CURRENT);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("detail").asText()).contains("its aud does not hold wharf.oidc.audience");
        assertThat(answer.headers().get("www-authenticate"))
                .containsExactly("Bearer realm=\"wharf\"", "Basic realm=\"wharf\", charset=\"UTF-8\"");
    }

    @Test
    void whoCameByATokenOfTheProviderMakesTokensOfTheirOwn() {
        var claims = claims();

        var token = with(claims).post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", 60));

        assertThat(token.status()).isEqualTo(201);
        var own = administrator().as(token.json().path("tokenValue").asText());
        assertThat(own.get(CURRENT).json().path("id").asLong()).isEqualTo(person(claims));
    }

    @Test
    void aFirstLoginAndWhatFollowsAreOnRecord() {
        var claims = claims();
        long person = person(claims);
        with(claims).get("/vfsList?uri=s3://none/?connectionId=777777");

        var events = administrator()
                .get("/v4/auditEvents?sort=id&personId=" + person)
                .json()
                .path("data");

        assertThat(events.path(0).path("operation").asText()).isEqualTo("firstLogin");
        assertThat(events.path(0).path("detail").asText())
                .contains((String) claims.getClaims().get("email"));
        assertThat(events.path(1).path("via").asText()).isEqualTo("oidc");
        assertThat(events.path(1).path("actor").path("id").asLong()).isEqualTo(person);
        assertThat(events.path(1).path("outcome").asText()).isEqualTo("denied");
    }
}
