import { validateContent } from '../../../../../engine/channel/cloud-api/validate';
import type { TemplateContent } from '../../../../../engine/model-template';

const content = (changes: Partial<TemplateContent> = {}): TemplateContent => ({
	type: 'template',
	name: 'aviso',
	language: 'pt_BR',
	category: 'utility',
	parameterFormat: 'positional',
	header: null,
	body: [{ name: '1', text: 'Ana' }],
	buttons: [],
	text: 'Olá Ana',
	options: [],
	...changes,
});
const code = (changes: Partial<TemplateContent>) => validateContent(content(changes))?.error.code ?? null;
const file = (source: { link: string } | { providerMediaId: string }) =>
	({ type: 'media', mediaType: 'image', source }) as const;

describe('a filled template', () => {
	it.each<[string, Partial<TemplateContent>, string | null]>([
		['in order', {}, null],
		['without variables', { body: [] }, null],
		['without a name', { name: '' }, 'templateName'],
		['without a language', { language: '' }, 'templateName'],
		['with an empty value', { body: [{ name: '1', text: ' ' }] }, 'templateVariablesMissing'],
		[
			'with an empty value in its header',
			{ header: { type: 'text', values: [{ name: '1', text: '' }] } },
			'templateVariablesMissing',
		],
		[
			'with a nameless value',
			{ parameterFormat: 'named', body: [{ name: '', text: 'x' }] },
			'templateVariablesMissing',
		],
		['with a line break in a value', { body: [{ name: '1', text: 'a\nb' }] }, 'templateVariableInvalid'],
		[
			'with a long header',
			{ header: { type: 'text', values: [{ name: '1', text: 'x'.repeat(61) }] } },
			'templateTextTooLong',
		],
		[
			'with a long value',
			{ body: [{ name: '1', text: 'x'.repeat(1_025) }], header: { type: 'location', latitude: 1, longitude: 1 } },
			'templateTextTooLong',
		],
		['with a long value in a body that may stand alone', { body: [{ name: '1', text: 'x'.repeat(1_025) }] }, null],
		['with an empty button', { buttons: [{ index: 0, type: 'url', value: '' }] }, 'templateVariablesMissing'],
		['with a place that is none', { header: { type: 'location', latitude: 91, longitude: 0 } }, 'badLocation'],
		['with a file', { header: file({ link: 'https://a.example/x.png' }) }, null],
		['with a bad link', { header: file({ link: 'ftp://a.example/x.png' }) }, 'badLink'],
		['with no media id', { header: file({ providerMediaId: '' }) }, 'noMediaId'],
	])('%s', (_what, changes, expected) => {
		expect(code(changes)).toBe(expected);
	});

	it('is refused with what to do (132018)', () => {
		expect(validateContent(content({ body: [{ name: 'nome', text: 'a\tb' }] }))).toMatchObject({
			type: 'refused',
			retry: { kind: 'never' },
			explanation: expect.stringContaining('O valor de {{nome}} tem quebra de linha, tabulação'),
		});
	});
});
