import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

/**
 * n8n's own check of a community package, as its verification runs it: `node scan.mjs <folder>
 * source|packed`. Prints what it found, and exits with 1 where that is anything.
 */
const [folder = '.', kind] = process.argv.slice(2);
const patterns = kind === 'packed' ? ['**/*.js', 'package.json'] : SOURCE_FILE_PATTERNS;
const { passed, message = 'no violation', details = '' } = await analyzePackage(folder, patterns);
console.log(message, details);
process.exitCode = passed ? 0 : 1;
