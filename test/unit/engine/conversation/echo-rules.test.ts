import { autoReplyText, meaningOf, sameWords } from '../../../../engine/conversation/echo-rules';
import type { InboundContentType } from '../../../../engine/model';

const content = (type: InboundContentType, text = '') => ({ type, text });

describe('what leaves the phone of the company', () => {
	it.each<[InboundContentType, string, ReturnType<typeof meaningOf>]>([
		['text', 'Oi Ana, é a Bia.', 'takeover'],
		['image', '', 'takeover'],
		['audio', '', 'takeover'],
		['text', '#bot', 'callBack'],
		['text', ' # BOT ', 'callBack'],
		['text', '#Bot\n', 'callBack'],
		['text', 'o #bot responde', 'takeover'],
		['image', '#bot', 'takeover'],
		['reaction', '👍', 'nothing'],
		['system', '', 'nothing'],
	])('%s "%s" means %s (D-07, X-06)', (type, text, meaning) => {
		expect(meaningOf(content(type, text))).toBe(meaning);
	});

	it('is compared by its words (P-21)', () => {
		expect(sameWords(content('text', 'Olá!  Já respondemos.'))).toBe(
			sameWords(content('text', 'olá! já respondemos.')),
		);
		expect(sameWords(content('text', '  '))).toBeNull();
		expect(sameWords(content('image', 'Olá!'))).toBeNull();
	});

	it('the notice quotes the beginning and says what to switch off (P-21)', () => {
		expect(autoReplyText('Olá! Agradecemos o contato.')).toContain('("Olá! Agradecemos o contato.")');
		const long = autoReplyText('a'.repeat(100));
		expect(long).toContain(`("${'a'.repeat(59)}…")`);
		expect(long).toContain('mensagem de saudação e a mensagem de ausência');
	});
});
