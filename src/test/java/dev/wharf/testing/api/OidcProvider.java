package dev.wharf.testing.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.wharf.kernel.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on a free port: publishes its configuration and its keys, signs tokens, fails when told to. */
public final class OidcProvider implements AutoCloseable {
    public static final String AUDIENCE = "wharf";
    public static final String CLIENT_SECRET = "canary-of-the-client";
    private static final String CONFIGURATION = "/realms/test/.well-known/openid-configuration";
    private static final String KEYS = "/realms/test/keys";
    private static final String TOKENS = "/realms/test/tokens";
    private static final String REDIRECT = "http://127.0.0.1:8080/session/oidc";

    /** What each signs with until it rotates: a key takes longer to make than most tests take. */
    private static final RSAKey FIRST = rsa();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private volatile RSAKey key = FIRST;
    private volatile HttpHandler configuration;
    private volatile HttpHandler keys;

    public OidcProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        recover();
        publish(key);
        server.createContext(CONFIGURATION, exchange -> configuration.handle(exchange));
        server.createContext(KEYS, exchange -> {
            keyRequests.incrementAndGet();
            keys.handle(exchange);
        });
        server.createContext(TOKENS, this::redeem);
        server.setExecutor(threads);
        server.start();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String issuer() {
        return address() + "/realms/test";
    }

    /** Where the keys are. */
    public String jwksUrl() {
        return address() + KEYS;
    }

    /** Settings of a service that takes this provider's tokens. */
    public Map<String, String> settings() {
        return Map.of("wharf.oidc.issuer", issuer(), "wharf.oidc.audience", AUDIENCE);
    }

    /** Settings of a service whose page is a client of this provider. */
    public Map<String, String> signInSettings() {
        Map<String, String> all = new HashMap<>(settings());
        all.put("wharf.oidc.client-id", AUDIENCE);
        all.put("wharf.oidc.client-secret", CLIENT_SECRET);
        all.put("wharf.oidc.redirect-url", REDIRECT);
        return all;
    }

    /**
     * Lets somebody in at the address to which a page has sent them.
     *
     * @return the code with which they go back
     */
    public String letIn(URI address, JWTClaimsSet.Builder claims) {
        Map<String, String> asked = form(address.getRawQuery());
        if (!asked.get("redirect_uri").equals(REDIRECT)
                || !asked.get("code_challenge_method").equals("S256")) {
            throw new IllegalArgumentException("No such client: " + asked);
        }
        String code = UUID.randomUUID().toString();
        var all = claims.build().getClaim("nonce") == null ? claims.claim("nonce", asked.get("nonce")) : claims;
        grants.put(code, new Grant(asked.get("code_challenge"), sign(all)));
        return code;
    }

    private record Grant(String challenge, String token) {}

    /** A code is good once, for whoever knows the secret and the verifier. */
    private void redeem(HttpExchange exchange) throws IOException {
        var sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Grant grant = grants.remove(sent.get("code"));
        String client = "Basic "
                + Base64.getEncoder().encodeToString((AUDIENCE + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        boolean good = grant != null
                && client.equals(exchange.getRequestHeaders().getFirst("authorization"))
                && REDIRECT.equals(sent.get("redirect_uri"))
                && "authorization_code".equals(sent.get("grant_type"))
                && grant.challenge().equals(challenge(sent.get("code_verifier")));
        answer(
                exchange,
                good ? 200 : 400,
                Json.write(good ? Map.of("id_token", grant.token()) : Map.of("error", "invalid_grant")));
    }

    private static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** How often its keys were asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** The private key with which tokens are signed. */
    public RSAKey key() {
        return key;
    }

    /** Signs with another key from now on, and publishes that one alone. */
    public void rotate() {
        key = rsa();
        publish(key);
    }

    public void publish(JWK... published) {
        String text = new JWKSet(List.of(published)).toString(true);
        answerKeys(200, text);
    }

    public void answerKeys(int status, String text) {
        keys = exchange -> answer(exchange, status, text);
    }

    public void redirectKeys(String address) {
        keys = exchange -> {
            exchange.getResponseHeaders().set("location", address);
            answer(exchange, 302, "{}");
        };
    }

    public void answerConfiguration(String text) {
        configuration = exchange -> answer(exchange, 200, text);
    }

    /** Answers nothing, and keeps whoever asks waiting. */
    public void hang() {
        configuration = this::wait;
    }

    /** The beginning of an answer, and no end. */
    public void hangHalfWay() {
        configuration = exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            wait(exchange);
        };
    }

    public void fail() {
        configuration = exchange -> answer(exchange, 500, "<html>Out of order</html>");
    }

    /** Answers about itself as it should. */
    public void recover() {
        answerConfiguration(Json.write(Map.of(
                "issuer",
                issuer(),
                "jwks_uri",
                jwksUrl(),
                "authorization_endpoint",
                address() + "/realms/test/authorize",
                "token_endpoint",
                address() + TOKENS)));
    }

    private void wait(HttpExchange exchange) {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** What it says of somebody whom nobody knows yet, for an hour. */
    public JWTClaimsSet.Builder claims(Instant now) {
        String subject = UUID.randomUUID().toString();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3_600)))
                .claim("email", subject + "@example.com")
                .claim("email_verified", true)
                .claim("name", "Ann");
    }

    public String sign(JWTClaimsSet.Builder claims) {
        return sign(new JWSHeader.Builder(JWSAlgorithm.RS256), key, claims);
    }

    /** A token with the key's id in its header. */
    public static String sign(JWSHeader.Builder header, JWK key, JWTClaimsSet.Builder claims) {
        return sign(header.keyID(key.getKeyID()).build(), key, claims);
    }

    public static String sign(JWSHeader header, JWK key, JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(header, claims.build());
            token.sign(signer(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JWSHeader.Builder header(JWSAlgorithm algorithm, String type) {
        return new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type));
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSASigner(rsa);
        }
        return key instanceof ECKey curve ? new ECDSASigner(curve) : new Ed25519Signer((OctetKeyPair) key);
    }

    public static RSAKey rsa() {
        return generated(() ->
                new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate());
    }

    public static ECKey ec(Curve curve) {
        return generated(() ->
                new ECKeyGenerator(curve).keyID(UUID.randomUUID().toString()).generate());
    }

    public static OctetKeyPair ed25519() {
        return generated(() -> new OctetKeyPairGenerator(Curve.Ed25519)
                .keyID(UUID.randomUUID().toString())
                .generate());
    }

    private interface Generator<T> {
        T generate() throws JOSEException;
    }

    private static <T> T generated(Generator<T> generator) {
        try {
            return generator.generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes away: nobody can connect any more. */
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
