// SPDX-License-Identifier: GPL-3.0-or-later
// Derivations as Markdown and LaTeX.
#include "core/base/number_text.h"
#include "core/explain/derivation_nodes.h"

namespace headroom {
namespace {

std::string value_text(const Derivation& node) {
    return node.is_integer ? grouped_text(node.exact) : derive::text(node.value);
}

void append_markdown(std::string& out, const Derivation& node, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    out += indent + "- **" + english(node.symbol) + "** = " + value_text(node);
    out += node.unit.empty() ? "" : " " + node.unit;
    out += node.aside ? " *(beside)*\n" : "\n";
    const auto detail = [&](const std::string& text) { out += indent + "  " + text + "\n"; };
    if (!node.formula.empty()) {
        out += "\n";
        const std::string formula = english(node.formula);
        detail("`" + formula + "`" +
               (node.substituted.empty() || node.substituted == formula
                    ? ""
                    : " = `" + node.substituted + "`"));
    }
    if (!node.note.empty()) {
        out += "\n";
        detail(english(node.note));
    }
    if (!node.source.empty()) {
        out += "\n";
        detail("Source: " + node.source);
    }
    if (!node.children.empty()) {
        out += "\n";
    }
    for (const Derivation& child : node.children) {
        append_markdown(out, child, depth + 1);
    }
}

// --- LaTeX ---------------------------------------------------------------------------------------

/// Text inside \text{...}.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
        case '\\':
            out += "\\textbackslash{}";
            break;
        case '^':
            out += "\\textasciicircum{}";
            break;
        case '~':
            out += "\\textasciitilde{}";
            break;
        case '_':
        case '%':
        case '&':
        case '#':
        case '$':
        case '{':
        case '}':
            out += '\\';
            out += c;
            break;
        default:
            if (text.substr(i).starts_with("\u2013")) {
                out += "--";
                i += 2;
            } else {
                out += c;
            }
        }
    }
    return out;
}

bool is_operator(char c) {
    return c == '*' || c == '+' || c == '-' || c == '/' || c == '(' || c == ')' || c == ',' ||
           c == '^';
}

/// A formula: words become upright text, `*` a times sign. Words may hold spaces ("one layer");
/// a sign between words stands alone, with a space or bracket beside it.
std::string formula(std::string_view text) {
    std::string out;
    std::string word;
    const auto flush = [&] {
        while (!word.empty() && word.back() == ' ') {
            word.pop_back();
        }
        constexpr std::string_view modulo = "mod ";
        if (word.starts_with(modulo)) {
            out += " \\bmod ";
            word.erase(0, modulo.size());
        }
        if (word == "min" || word == "max") {
            out += "\\" + word;
        } else if (word == "ceil" || word == "floor") {
            out += "\\operatorname{" + word + "}";
        } else if (word.find_first_not_of("0123456789.e") == std::string::npos) {
            out += word;
        } else {
            out += "\\text{" + escaped(word) + "}";
        }
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool binary = c == '+' || c == '-' || c == '*' || c == '/';
        const bool stands_alone = !binary || (i > 0 && text[i - 1] == ' ');
        if (is_operator(c) && stands_alone && c != ',') {
            flush();
            out += c == '*' ? " \\times " : std::string(1, c);
        } else if (c == ',' && i + 1 < text.size() && text[i + 1] == ' ') {
            flush();
            out += ", ";
        } else if (c != ' ' || !word.empty()) {
            word += c;
        }
    }
    flush();
    return out;
}

void append_latex(std::string& out, const Derivation& node) {
    if (!node.formula.empty()) {
        out += "\\begin{align*}\n  \\text{" + escaped(english(node.symbol)) +
               "}\n    &= " + formula(english(node.formula)) + " \\\\\n";
        if (!node.substituted.empty() && node.substituted != english(node.formula)) {
            out += "    &= " + formula(node.substituted) + " \\\\\n";
        }
        out += "    &= \\text{" + value_text(node);
        out += node.unit.empty() ? "}\n" : " " + escaped(node.unit) + "}\n";
        out += "\\end{align*}\n";
        if (!node.note.empty()) {
            out += escaped(english(node.note)) + "\n\n";
        }
        if (!node.source.empty()) {
            out += "Source: " + escaped(node.source) + "\n\n";
        }
    }
    for (const Derivation& child : node.children) {
        append_latex(out, child);
    }
}

} // namespace

std::string to_markdown(const Derivation& derivation) {
    std::string out;
    append_markdown(out, derivation, 0);
    return out;
}

std::string to_latex(const Derivation& derivation) {
    std::string out;
    append_latex(out, derivation);
    return out;
}

} // namespace headroom
