import { config as n8nRules } from '@n8n/node-cli/eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Two zones. What is published answers to n8n's own rules, which already carry
 * eslint-plugin-n8n-nodes-base; what only serves development may use processes, timers and files,
 * and the page's own source what browsers have.
 */
export default defineConfig([
	globalIgnores(['dist', 'coverage', '.tmp', '**/*.generated.ts']),
	{ files: ['nodes/**', 'credentials/**', 'package.json'], extends: [n8nRules] },
	{
		files: ['sandbox/**/*.{ts,mjs}', 'test/**/*.ts', 'page/**/*.ts'],
		extends: [tseslint.configs.recommended],
	},
]);
