import { checkMessage } from '../../../../simulator/cloud-api/check-message';

const to = '+5511987654321';
const chars = (count: number) => 'x'.repeat(count);
const code = (body: Record<string, unknown>) => checkMessage({ to, ...body })?.code ?? null;
const interactive = (value: Record<string, unknown>) => code({ type: 'interactive', interactive: value });

const button = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const buttons = (...list: unknown[]) => ({ type: 'button', body: { text: 'Oi' }, action: { buttons: list } });
const row = (id: string, title = 'Linha', more = {}) => ({ id, title, ...more });
const list = (sections: unknown[], more = {}) => ({
	type: 'list',
	body: { text: 'Escolha' },
	action: { button: 'Ver opções', sections },
	...more,
});
const rows = (count: number, prefix = 'r') => Array.from({ length: count }, (_, i) => row(`${prefix}${i}`));

describe('what a message may look like (documented limits, X-10)', () => {
	it.each<[string, Record<string, unknown>, number | null]>([
		['a text of 4,096 characters', { type: 'text', text: { body: chars(4096) } }, null],
		['a text of 4,097 characters', { type: 'text', text: { body: chars(4097) } }, 100],
		['an empty text', { type: 'text', text: { body: ' ' } }, 100],
		['a text without body', { type: 'text', text: {} }, 131008],
		['a text without object', { type: 'text' }, 131008],
		['an unknown type', { type: 'poll', poll: {} }, 131051],
		['a recipient type other than individual', { recipient_type: 'group', type: 'text', text: { body: 'a' } }, 100],
		['nobody to send to', { to: undefined, type: 'text', text: { body: 'a' } }, 100],
		['512 characters of own data', { biz_opaque_callback_data: chars(512), text: { body: 'a' } }, null],
		['513 characters of own data', { biz_opaque_callback_data: chars(513), text: { body: 'a' } }, 100],
		['a quote without message id', { context: {}, text: { body: 'a' } }, 131008],
		['an image by link', { type: 'image', image: { link: 'https://example.com/a.png', caption: chars(1024) } }, null],
		['a caption of 1,025', { type: 'image', image: { link: 'https://example.com/a.png', caption: chars(1025) } }, 100],
		['an image without source', { type: 'image', image: {} }, 131008],
		['an image with id and link', { type: 'image', image: { id: '1', link: 'https://example.com/a.png' } }, 100],
		['a link that is none', { type: 'image', image: { link: 'ftp://example.com' } }, 100],
		['an audio with caption', { type: 'audio', audio: { id: '1', caption: 'a' } }, 100],
		['a place', { type: 'location', location: { latitude: -23.5, longitude: -46.6 } }, null],
		['a place off the globe', { type: 'location', location: { latitude: -93, longitude: 0 } }, 131009],
		['a place without longitude', { type: 'location', location: { latitude: 1 } }, 131008],
		['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } }, null],
		['a reaction taken back', { type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '' } }, null],
		[
			'a reaction with a quote',
			{ type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' }, context: { message_id: 'wamid.B' } },
			100,
		],
		['a contact card', { type: 'contacts', contacts: [{ name: { formatted_name: 'Bia', first_name: 'Bia' } }] }, null],
		['a nameless card', { type: 'contacts', contacts: [{}] }, 131008],
		['a template', { type: 'template', template: { name: 'aviso_os', language: { code: 'pt_BR' } } }, null],
		['a template with capitals', { type: 'template', template: { name: 'Aviso', language: { code: 'pt_BR' } } }, 100],
		['a template without language', { type: 'template', template: { name: 'aviso_os' } }, 131008],
	])('judges %s', (_what, body, expected) => {
		expect(code(body)).toBe(expected);
	});

	it.each<[string, Record<string, unknown>, number | null]>([
		['three buttons', buttons(button('1', 'Um'), button('2', 'Dois'), button('3', 'Três')), null],
		['four buttons', buttons(button('1', 'a'), button('2', 'b'), button('3', 'c'), button('4', 'd')), 131009],
		['no button', buttons(), 131009],
		['a title of 20', buttons(button('1', chars(20))), null],
		['a title of 21', buttons(button('1', chars(21))), 131009],
		['an id of 257', buttons(button(chars(257), 'a')), 131009],
		['two equal titles', buttons(button('1', 'a'), button('2', 'a')), 131009],
		['two equal ids', buttons(button('1', 'a'), button('1', 'b')), 131009],
		['a body of 1,025 over buttons', { ...buttons(button('1', 'a')), body: { text: chars(1025) } }, 131009],
		['a footer of 61', { ...buttons(button('1', 'a')), footer: { text: chars(61) } }, 131009],
		['a text header of 61', { ...buttons(button('1', 'a')), header: { type: 'text', text: chars(61) } }, 131009],
		['an image header', { ...buttons(button('1', 'a')), header: { type: 'image', image: { id: '1' } } }, null],
		['a list of ten rows', list([{ title: 'Filas', rows: rows(10) }]), null],
		[
			'a list of eleven rows in two sections',
			list([
				{ title: 'A', rows: rows(6) },
				{ title: 'B', rows: rows(5, 's') },
			]),
			131009,
		],
		['two sections, one untitled', list([{ rows: rows(1) }, { title: 'B', rows: rows(1, 's') }]), 131008],
		['a section title of 25', list([{ title: chars(25), rows: rows(1) }]), 131009],
		['a row title of 25', list([{ title: 'A', rows: [row('1', chars(25))] }]), 131009],
		['a row id of 201', list([{ title: 'A', rows: [row(chars(201))] }]), 131009],
		['a description of 73', list([{ title: 'A', rows: [row('1', 'a', { description: chars(73) })] }]), 131009],
		['two equal row ids', list([{ title: 'A', rows: [row('1'), row('1')] }]), 131009],
		['a body of 4,096 over a list', list([{ title: 'A', rows: rows(1) }], { body: { text: chars(4096) } }), null],
		[
			'an image header over a list',
			list([{ title: 'A', rows: rows(1) }], { header: { type: 'image', image: { id: '1' } } }),
			131009,
		],
		[
			'a list button of 21',
			{ ...list([]), action: { button: chars(21), sections: [{ title: 'A', rows: rows(1) }] } },
			131009,
		],
		['no body', { type: 'button', action: { buttons: [button('1', 'a')] } }, 131008],
		['an unknown kind', { type: 'carousel' }, 131009],
		[
			'a link button',
			{
				type: 'cta_url',
				body: { text: 'Veja' },
				action: { name: 'cta_url', parameters: { display_text: 'Abrir', url: 'https://example.com' } },
			},
			null,
		],
		[
			'a link button of 21 characters',
			{
				type: 'cta_url',
				body: { text: 'Veja' },
				action: { name: 'cta_url', parameters: { display_text: chars(21), url: 'https://example.com' } },
			},
			131009,
		],
		[
			'a request for a location',
			{ type: 'location_request_message', body: { text: 'Onde?' }, action: { name: 'send_location' } },
			null,
		],
	])('judges an interactive message with %s', (_what, value, expected) => {
		expect(interactive(value)).toBe(expected);
	});
});
