package io.sluice.catalog.vending;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Google's expression language as conditions on storage are written in: alternatives and conjunctions of
 * comparisons. Whoever breaks out of a literal here would do so there.
 */
final class CelModel {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\|\\||&&|==|!=|[().,!]|[A-Za-z_][A-Za-z_0-9]*|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")",
            Pattern.DOTALL);

    private final String text;
    private final String resource;
    private final String listPrefix;
    private final Matcher tokens;
    private String token = "";

    CelModel(String text, String resource, String listPrefix) {
        this.text = text;
        this.resource = resource;
        this.listPrefix = listPrefix;
        this.tokens = TOKEN.matcher(text);
    }

    boolean holds() {
        next();
        boolean holds = (Boolean) anyOf();
        if (!token.isEmpty()) throw new AssertionError("left over: " + token + " in " + text);
        return holds;
    }

    private Object anyOf() {
        Object left = allOf();
        while (take("||")) {
            Object right = allOf();
            left = (Boolean) left || (Boolean) right;
        }
        return left;
    }

    private Object allOf() {
        Object left = compared();
        while (take("&&")) {
            Object right = compared();
            left = (Boolean) left && (Boolean) right;
        }
        return left;
    }

    private Object compared() {
        Object left = member();
        if (take("==")) return left.equals(member());
        if (take("!=")) return !left.equals(member());
        return left;
    }

    private Object member() {
        Object value = primary();
        while (take(".")) {
            need("startsWith");
            need("(");
            value = ((String) value).startsWith((String) anyOf());
            need(")");
        }
        return value;
    }

    private Object primary() {
        if (take("(")) {
            Object inner = anyOf();
            need(")");
            return inner;
        }
        if (take("true")) return true;
        if (take("false")) return false;
        if (take("resource")) {
            need(".");
            need("name");
            return resource;
        }
        if (take("api")) return attribute();
        return string();
    }

    private Object attribute() {
        need(".");
        need("getAttribute");
        need("(");
        if (!string().equals("storage.googleapis.com/objectListPrefix")) throw new AssertionError(text);
        need(",");
        string();
        need(")");
        return listPrefix;
    }

    private String string() {
        if (!token.startsWith("'") && !token.startsWith("\""))
            throw new AssertionError("no text: " + token + " in " + text);
        String inner = token.substring(1, token.length() - 1);
        next();
        return inner.replaceAll("(?s)\\\\(.)", "$1");
    }

    private boolean take(String wanted) {
        if (!token.equals(wanted)) return false;
        next();
        return true;
    }

    private void need(String wanted) {
        if (!take(wanted)) throw new AssertionError("wanted " + wanted + ", found " + token + " in " + text);
    }

    private void next() {
        if (tokens.regionStart() == text.length()) {
            token = "";
            return;
        }
        if (!tokens.lookingAt()) throw new AssertionError("not understood at " + tokens.regionStart() + " in " + text);
        token = tokens.group(1);
        tokens.region(tokens.end(), text.length());
    }
}
