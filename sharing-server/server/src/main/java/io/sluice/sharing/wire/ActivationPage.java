package io.sluice.sharing.wire;

import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientToken;
import io.sluice.sharing.share.Share;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What a person sees who opens an activation link: plain HTML with one style, no script and nothing from elsewhere.
 * Looking at it changes nothing, because mail programs look at links before people do; only the button does.
 */
public final class ActivationPage {
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:1.05rem/1.5 system-ui,sans-serif;margin:0;padding:1.5rem}
            main{max-width:38rem;margin:6vh auto}
            h1{font-size:1.6rem;line-height:1.2}
            dt{font-weight:600;margin-top:.8rem}
            dd,ul{margin:0}
            ul{padding-left:1.2rem}
            button{font:inherit;font-weight:600;margin-top:1.6rem;padding:.7rem 1.4rem;border:0;border-radius:.4rem;\
            background:#0b57d0;color:#fff;cursor:pointer}
            button:focus-visible{outline:3px solid;outline-offset:3px}
            """;

    /** The one style is named by its digest; forms may be sent to where the page is from. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private ActivationPage() {}

    public static String of(Activation.Invitation invitation, List<Share> shares) {
        Recipient recipient = invitation.recipient();
        RecipientToken token = invitation.token();
        return page("Data is shared with you", """
                <p><strong>%s</strong> shares data with <strong>%s</strong>.</p>
                <dl>
                <dt>Shares</dt><dd>%s</dd>
                <dt>This link works until</dt><dd>%s</dd>
                <dt>Access lasts until</dt><dd>%s</dd>
                </dl>
                <form method="post"><button type="submit">Download config.share</button></form>
                <p>The file holds a secret: keep it as you would a password. It can be downloaded once, and this link is \
                used up by it.</p>
                """.formatted(
                        escaped(recipient.owner()),
                        escaped(recipient.name().value()),
                        list(shares),
                        time(token.linkExpiresAt()),
                        time(token.expiresAt())));
    }

    public static String refusal(String why) {
        return page("This link does not work", "<p>" + escaped(why) + "</p>\n");
    }

    private static String page(String title, String content) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s</main>
                </body>
                </html>
                """.formatted(title, STYLE, title, content);
    }

    private static String list(List<Share> shares) {
        if (shares.isEmpty()) return "None yet. What is granted later is found with the same file.";
        StringBuilder items = new StringBuilder("<ul>");
        for (Share share : shares) {
            items.append("<li>").append(escaped(share.name().value()));
            share.comment().ifPresent(comment -> items.append(" – ").append(escaped(comment)));
            items.append("</li>");
        }
        return items.append("</ul>").toString();
    }

    private static String time(Instant moment) {
        return "<time datetime=\"" + moment + "\">" + DAY_AND_TIME.format(moment) + "</time>";
    }

    /** Names and comments are other people's texts. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
