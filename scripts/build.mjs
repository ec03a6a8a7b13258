// npm run build: compiles into dist/. `--force` builds even when nothing has changed.
import { bootstrap } from './lib/bootstrap.mjs';
import { build } from './lib/build.mjs';
import { runScript } from './lib/signals.mjs';

await runScript(async () => {
	await bootstrap();
	await build({ force: process.argv.includes('--force') });
	console.log('✓ dist/ is up to date');
});
