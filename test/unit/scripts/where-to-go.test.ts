import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { whereToGo } from '../../../scripts/lib/where-to-go.mjs';

const folder = join(__dirname, '../../../workflows');

it('names every page of the shipped workflows, and none that does not exist', () => {
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
	const shipped = [...text.matchAll(/"path": "([a-z-]+)"/g)].map(([, path]) => `http://localhost:5678/form/${path}`);
	const told = whereToGo({ n8n: 5678, simulator: 5700 }).flatMap((line) => /http\S+\/form\/\S+/.exec(line) ?? []);
	expect(shipped.length).toBeGreaterThan(8);
	expect([...told].sort()).toEqual([...shipped].sort());
});

it('keeps the box narrow', () => {
	const widths = whereToGo({ n8n: 5678, simulator: 5700 }).map((line) => line.length);
	expect(Math.max(...widths)).toBeLessThanOrEqual(84);
});
