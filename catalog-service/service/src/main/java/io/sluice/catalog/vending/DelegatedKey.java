package io.sluice.catalog.vending;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A key that a storage account delegated to us; the texts are signed as they came. */
record DelegatedKey(
        String objectId, String tenantId, String start, String expiry, String service, String version, String value) {

    static DelegatedKey read(String service, String xml) {
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
            if (key.bytes().length == 0) throw CloudHttp.notUnderstood(service);
            return key;
        } catch (ParserConfigurationException | SAXException | IOException | DateTimeException
                | IllegalArgumentException e) {
            // Without the cause: it may quote the key.
            throw CloudHttp.notUnderstood(service);
        }
    }

    Instant expires() {
        return Instant.parse(expiry);
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(value);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "DelegatedKey[of " + objectId + ", until " + expiry + "]";
    }

    private static String text(Element root, String name) {
        if (root.getElementsByTagName(name).getLength() != 1) throw new IllegalArgumentException(name);
        return root.getElementsByTagName(name).item(0).getTextContent().strip();
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
