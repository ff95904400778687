import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What only serves development, and is never published: it may use processes, timers and files, and the
 * page's own source what browsers have. What is published answers to n8n's own rules, unchanged, in
 * eslint.config.mjs: so n8n's tools see that it may run in n8n Cloud.
 */
export default defineConfig([
	globalIgnores(['**/*.generated.ts']),
	{
		files: ['sandbox/**/*.{ts,mjs}', 'test/**/*.ts', 'page/**/*.ts'],
		extends: [tseslint.configs.recommended],
	},
]);
