package io.sluice.catalog.vending;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A key that a storage account delegated to us; the texts are signed as they came. */
record DelegatedKey(
        String objectId, String tenantId, String start, String expiry, String service, String version, String value) {

    /** Empty for what is no key. Nothing tells why: it would quote the key. */
    static Optional<DelegatedKey> read(String xml) {
        try {
            Element root =
                    reader().parse(new InputSource(new StringReader(xml))).getDocumentElement();
            DelegatedKey key = new DelegatedKey(
                    text(root, "SignedOid"),
                    text(root, "SignedTid"),
                    text(root, "SignedStart"),
                    text(root, "SignedExpiry"),
                    text(root, "SignedService"),
                    text(root, "SignedVersion"),
                    text(root, "Value"));
            key.expires();
            return key.secret().length == 0 ? Optional.empty() : Optional.of(key);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK reads XML without document types", e);
        } catch (SAXException | IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Instant expires() {
        return Instant.parse(expiry);
    }

    byte[] secret() {
        return Base64.getDecoder().decode(value);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "DelegatedKey[of " + objectId + ", until " + expiry + "]";
    }

    private static String text(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        if (found.getLength() != 1) throw new IllegalArgumentException(name);
        return found.item(0).getTextContent().strip();
    }

    /** Reads no document types: they can name files and addresses. */
    private static DocumentBuilder reader() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        // The default one prints to the error stream.
        builder.setErrorHandler(new DefaultHandler());
        return builder;
    }
}
