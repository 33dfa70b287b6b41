// The lint of the page's script: what is likely a mistake, and every way text could become markup or program.

import js from "@eslint/js";
import globals from "globals";

const SINKS = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc", "bindPopup", "bindTooltip"];
const sinks = SINKS.map((name) => ({ selector: `MemberExpression[property.name="${name}"]`, message: `${name} makes markup of text: build elements with dom.js.` }));
const writing = { selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write/]', message: "document.write makes markup of text." };

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-control-regex": "off",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  {
    files: ["geo/maps/static/app/*.js"],
    languageOptions: { globals: globals.browser },
    rules: { "no-restricted-syntax": ["error", ...sinks, writing] },
  },
  // for layers of others: folium's popups are markup by design
  { files: ["geo/maps/static/guests.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
  { files: ["tests/js/*.js"], languageOptions: { globals: globals.node }, rules: { "no-script-url": "off" } },
];
