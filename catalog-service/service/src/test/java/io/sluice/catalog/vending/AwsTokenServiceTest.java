package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** The real client of Amazon against a small server that speaks as its token service does. */
class AwsTokenServiceTest {
    private static final AwsRole ROLE = new AwsRole("arn:aws:iam::123456789012:role/lake", "external-1");

    private final List<String> requests = new ArrayList<>();
    private HttpServer amazon;
    private AwsTokenService service;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        amazon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        amazon.createContext("/", exchange -> {
            requests.add(URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8));
            byte[] answer = (status == 200 ? ASSUMED : REFUSED).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        amazon.start();
        URI endpoint = URI.create("http://127.0.0.1:" + amazon.getAddress().getPort());
        service = new AwsTokenService(
                "eu-west-1",
                java.util.Optional.of(endpoint),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")));
    }

    @AfterEach
    void stop() {
        service.close();
        amazon.stop(0);
    }

    @Test
    void theRoleIsTakenWithItsExternalIdAndTheFoldersPolicy() {
        VendedCredentials.AwsSession session = service.assume(ROLE, Access.READ, "s3://lake/retail/orders");

        assertThat(session.accessKeyId()).isEqualTo("ASIAEXAMPLE");
        assertThat(session.expiresAt()).isPresent();
        assertThat(requests)
                .singleElement()
                .asString()
                .contains("Action=AssumeRole", "ExternalId=external-1", "arn:aws:s3:::lake/retail/orders/*");
    }

    @Test
    void aRoleThatDoesNotTrustUsIsToldAsDenied() {
        status = 403;
        assertThatThrownBy(() -> service.assume(ROLE, Access.READ, "s3://lake/a"))
                .isInstanceOfSatisfying(Failure.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
                    assertThat(e).hasMessageContaining("trust policy");
                });
    }

    @Test
    void aServiceThatFailsIsToldAsUnavailable() {
        status = 500;
        assertThatThrownBy(() -> service.assume(ROLE, Access.READ, "s3://lake/a"))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE));
    }

    private static final String ASSUMED = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
            <AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>token</SessionToken><Expiration>2036-11-21T13:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """;

    private static final String REFUSED = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
            <Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>
            """;
}
