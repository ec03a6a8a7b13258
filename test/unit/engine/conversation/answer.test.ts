import { optionId, readableName, readAnswer, wordKey } from '../../../../engine/conversation/answer';
import type { MenuSnapshot } from '../../../../engine/model';
import { TUESDAY_10H } from './support';

const MENU: MenuSnapshot = {
	sentAt: TUESDAY_10H,
	options: [
		{ number: 1, queue: 'comercial', title: 'Comercial' },
		{ number: 2, queue: 'suporte', title: 'Suporte Técnico' },
		{ number: 3, queue: 'financeiro', title: 'Financeiro' },
		{ number: 4, queue: 'suporteComercial', title: 'Suporte a Parceiros' },
		{ number: 5, queue: 'rh', title: 'RH' },
		{ number: 10, queue: 'via', title: 'Segunda via de boleto' },
	],
};
const NAMES = new Map([['suporte', ['ajuda', 'assistência'].map(readableName)]]);

function read(text: string, contentType = 'text') {
	const answer = readAnswer({ text, reply: null, contentType }, MENU, NAMES);
	return answer.type === 'chosen' ? answer.queue : answer.type;
}

describe('an answer is read the way people write it', () => {
	it.each([
		['2', 'suporte'],
		['2.', 'suporte'],
		['2)', 'suporte'],
		['(2)', 'suporte'],
		['2-', 'suporte'],
		['2️⃣', 'suporte'],
		['２', 'suporte'],
		['②', 'suporte'],
		['🔟', 'none'],
		['02', 'suporte'],
		[' 2 \n', 'suporte'],
		['*2*', 'suporte'],
		['2 👍', 'suporte'],
		['nº 2', 'suporte'],
		['opção 2', 'suporte'],
		['Opcao 2, por favor', 'suporte'],
		['quero a 2', 'suporte'],
		['a 2ª', 'suporte'],
		['dois', 'suporte'],
		['DOIS', 'suporte'],
		['a segunda', 'ambiguous'],
		['a terceira', 'financeiro'],
		['terceira opção', 'financeiro'],
		['três', 'financeiro'],
		['um', 'comercial'],
		['opção um', 'comercial'],
		['primeira', 'comercial'],
		['10', 'via'],
		['dez', 'via'],
	])('a number: %j → %s', (text, expected) => {
		expect(read(text)).toBe(expected);
	});

	it.each([
		['suporte técnico', 'suporte'],
		['SUPORTE TECNICO', 'suporte'],
		['suporte tec', 'suporte'],
		['técnico', 'suporte'],
		['financeiro', 'financeiro'],
		['Financeiro!', 'financeiro'],
		['finan', 'financeiro'],
		['falar com o financeiro por favor', 'financeiro'],
		['setor financeiro', 'financeiro'],
		['rh', 'rh'],
		['ajuda', 'suporte'],
		['ASSISTENCIA', 'suporte'],
		['segunda via', 'via'],
		['2 - Suporte Técnico', 'suporte'],
		['2 suporte', 'suporte'],
	])('a name: %j → %s', (text, expected) => {
		expect(read(text)).toBe(expected);
	});

	it.each([
		['suporte', 'ambiguous'],
		['sup', 'ambiguous'],
		['2 financeiro', 'none'],
		['9', 'none'],
		['-', 'none'],
		['', 'none'],
		['   ', 'none'],
		['tenho 2 boletos', 'none'],
		['paguei R$ 2', 'none'],
		['2,5', 'none'],
		['1 e 2', 'none'],
		['segunda-feira', 'none'],
		['11999990002', 'none'],
		['preciso do financeiro para tratar de um boleto', 'none'],
		['fi', 'none'],
		['oi', 'none'],
		['2'.repeat(200), 'none'],
	])('never guesses: %j → %s', (text, expected) => {
		expect(read(text)).toBe(expected);
	});

	it.each(['image', 'audio', 'sticker', 'document', 'location', 'other'])('does not read the caption of %s', (type) => {
		expect(read('2', type)).toBe('none');
	});
});

describe('a tapped option', () => {
	const tap = (id: string, title: string) =>
		readAnswer({ text: title, reply: { id, title }, contentType: 'menuReply' }, MENU, NAMES);

	it('means its queue', () => {
		expect(tap(optionId(MENU, 'financeiro'), '3 - Financeiro')).toEqual({
			type: 'chosen',
			queue: 'financeiro',
			title: 'Financeiro',
			number: 3,
			exact: true,
			olderMenu: false,
		});
	});

	it('of an older menu still means what the customer saw there (X-02)', () => {
		const older = optionId({ sentAt: TUESDAY_10H - 1000 }, 'antiga: fila');
		expect(tap(older, '2 - Antiga')).toEqual({
			type: 'chosen',
			queue: 'antiga: fila',
			title: 'Antiga',
			number: null,
			exact: true,
			olderMenu: true,
		});
	});

	it('of another message is read by its title', () => {
		expect(tap('outro-botao', 'Financeiro')).toMatchObject({ type: 'chosen', queue: 'financeiro' });
		expect(tap('outro-botao', 'Sim')).toEqual({ type: 'none' });
	});
});

describe('a name that is a number word', () => {
	const menu: MenuSnapshot = {
		sentAt: 1,
		options: [
			{ number: 1, queue: 'via', title: 'Segunda via' },
			{ number: 2, queue: 'b', title: 'Boletos' },
			{ number: 24, queue: 'h', title: '24 horas' },
		],
	};
	const readHere = (text: string) => readAnswer({ text, reply: null, contentType: 'text' }, menu, new Map());

	it('is not guessed when both readings fit', () => {
		expect(readHere('segunda')).toEqual({ type: 'ambiguous', titles: ['Boletos', 'Segunda via'] });
		expect(readHere('2')).toMatchObject({ queue: 'b' });
		expect(readHere('2a via')).toEqual({ type: 'none' });
	});
});

it('reserved words are compared without the words around them', () => {
	expect(wordKey('Quero falar com um ATENDENTE, por favor!')).toBe(wordKey('falar com atendente'));
	expect(wordKey('início')).toBe('inicio');
	expect(wordKey('x'.repeat(500))).toBe('');
});
