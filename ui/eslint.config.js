// What a reader should be able to rely on: strict types, hooks used right, and features that do not know each other.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

/** The layers, top first. A part imports only what stands after it; inside a part, relative paths. */
const LAYERS = ["app", "features", "components", "view", "api", "tokens", "words"];

/** `components/grid` may reach up to its parts; a feature is flat and reaches nothing beside or above it. */
const RELATIVE = { components: ["../../**"], features: ["../**"] };

const layers = LAYERS.map((layer, at) => ({
  files: [`src/${layer}/**/*.{ts,tsx}`],
  ignores: ["**/*.test.{ts,tsx}", "**/*.examples.tsx"],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: LAYERS.slice(0, layer === "app" ? 0 : at + 1).map((upper) => `@/${upper}/**`), message: `${layer} does not import this: see LAYERS in eslint.config.js. Features do not know each other.` },
          { group: RELATIVE[layer] ?? ["../**"], message: "Across folders imports start with @/, so that the layers can be checked." },
          { group: ["@/test/**", "@/examples/**"], message: "Tests and examples are not part of the product." },
        ].filter(({ group }) => group.length > 0),
      },
    ],
  },
}));

export default defineConfig(
  { ignores: ["node_modules", "src/api/schema.ts", "dev", "scripts"] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  hooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_$" }],
      // A handler that only calls is read more easily without braces.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // An answer's type is what the caller asks the path for; the paths are typed in api/questions.ts.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Speaks of the React compiler, which is not used here.
      "react-hooks/incompatible-library": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text from data is rendered only as text." },
        { selector: "MemberExpression[property.name='innerHTML']", message: "Text from data is rendered only as text." },
      ],
    },
  },
  // A test that finds nothing where it looks should fail there.
  { files: ["src/**/*.test.{ts,tsx}", "src/test/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["eslint.config.js"], extends: [ts.configs.disableTypeChecked] },
  ...layers,
);
