import fc from 'fast-check';
import { consentKey, readConsentWord } from '../../../../engine/consent/opt-out-words';

const typed = (text: string) => readConsentWord({ type: 'text', text, reply: null })?.news ?? null;
const tapped = (title: string, id = title) =>
	readConsentWord({ type: 'menuReply', text: title, reply: { id, title } })?.news ?? null;

const OUT = [
	...[
		'parar',
		'PARAR',
		'Parar.',
		'parar!!!',
		'*parar*',
		'Pare',
		'pare 😡',
		'🛑 STOP 🛑',
		'ＳＴＯＰ',
		'stop',
		'Sair',
		'SAIR.',
	],
	...['descadastrar', 'Me descadastre', 'Descadastre-me', 'unsubscribe', 'opt-out', 'Remover', 'me remova, por favor'],
	...[
		'cancelar inscrição',
		'Cancelar a inscrição',
		'quero cancelar minha inscricao',
		'por favor, pare',
		'PARAR, obrigada',
	],
	...['não quero receber mensagens', 'Não quero receber mais mensagens!', 'nao quero mais receber mensagens'],
	...['não quero mais receber', 'Não quero receber mais', 'nao quero mais mensagens', 'não me mande mais mensagens'],
	...[
		'parar mensagens',
		'parar de receber mensagens',
		'pare de me mandar mensagens',
		'parar avisos',
		'Parar lembretes',
	],
	...['remover da lista', 'me tire da lista', 'quero sair da lista', 'Tira meu número dessa lista', 'não perturbe'],
	...['p\u0061\u0301rar', 'par\u200bar', '  parar\n'],
];
const MARKETING = [
	...[
		'Parar promoções',
		'PARAR PROMOCOES',
		'parar promoção',
		'Interromper promoções',
		'Stop promotions',
		'stop promo\u00adtions',
	],
	...['parar ofertas', 'pare com as propagandas', 'cancelar promoções', 'sem propaganda', 'não quero promoções'],
	...['não quero receber promoções', 'não quero mais receber ofertas', 'parar de receber promoções', 'stop marketing'],
	...['nao quero receber mais propaganda', 'não me mande mais promoções', 'sair das promoções'],
];
const IN = [
	...['quero receber mensagens', 'Quero receber avisos', 'quero voltar a receber', 'voltar a receber mensagens'],
	...[
		'Quero receber avisos da Oficina Aurora',
		'quero receber promoções',
		'quero receber novidades do Mercado São João',
	],
	...['aceito receber mensagens', 'retomar promoções', 'resume promotions', 'subscribe', 'unstop'],
];
const NOTHING = [
	...[
		'stop, o Zé não vem',
		'pare o caminhão na esquina',
		'parar o serviço',
		'quero parar na loja',
		'não pare',
		'parar?',
	],
	...[
		'sair de casa às 10',
		'vou sair agora',
		'cancelar',
		'Cancelar pedido',
		'não',
		'nao quero',
		'não quero receber',
		'fim',
	],
	...[
		'para',
		'chega',
		'encerrar',
		'não quero receber o boleto',
		'quero receber meu boleto',
		'quero receber a segunda via',
	],
	...[
		'voltar',
		'menu',
		'início',
		'iniciar',
		'sim',
		'oi',
		'1',
		'2️⃣',
		'',
		'🛑',
		'...',
		'atendente',
		'receber',
		'remover item',
	],
	...['não recebi as mensagens', 'parar mensagens do grupo da escola', 'quero receber', 'start now please call me'],
	...['stopp', 'pararr', 'sairr', 'o Zé disse parar', 'parar 1', 'promoções', 'quero promoções', 'mensagens'],
];

describe('words that opt out and in (D-35)', () => {
	it.each(OUT)('takes “%s” as: no messages at all', (text) => expect(typed(text)).toBe('optedOut'));
	it.each(MARKETING)('takes “%s” as: no marketing', (text) => expect(typed(text)).toBe('marketingStopped'));
	it.each(IN)('takes “%s” as: wants to hear from the company', (text) => expect(typed(text)).toBe('optedIn'));
	it.each(NOTHING.filter((text) => text !== 'quero receber'))('takes “%s” as an ordinary message', (text) =>
		expect(typed(text)).toBeNull(),
	);

	it('takes a bare “quero receber” or “start” as consent only from somebody who is out', () => {
		for (const text of ['quero receber', 'Start', 'START!']) {
			expect(readConsentWord({ type: 'text', text, reply: null })).toMatchObject({ news: 'optedIn', onlyIfOut: true });
		}
		expect(readConsentWord({ type: 'text', text: 'quero receber mensagens', reply: null })!.onlyIfOut).toBe(false);
	});

	it('never takes a longer sentence for one of its words, whatever is around it', () => {
		const around = fc
			.stringMatching(/^[a-z]{2,12}$/)
			.filter((w) => !['favor', 'please', 'obrigada', 'obrigado'].includes(w));
		const single = fc.constantFrom('stop', 'parar', 'pare', 'sair', 'descadastrar', 'remover', 'unsubscribe');
		fc.assert(
			fc.property(single, around, around, (word, before, after) => {
				expect(typed(`${before} ${word} ${after}`)).toBeNull();
			}),
		);
	});

	it('sees through case, punctuation, emoji and spaces around a word', () => {
		const noise = fc.stringMatching(/^[ .!*_~👍🛑\n-]{0,6}$/u);
		fc.assert(
			fc.property(fc.constantFrom(...OUT.slice(0, 20)), noise, noise, fc.boolean(), (word, before, after, loud) => {
				expect(typed(`${before}${loud ? word.toUpperCase() : word}${after}`)).toBe('optedOut');
			}),
		);
	});

	it('never fails and never answers to more than a short message', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
				const news = typed(text);
				if (text.length > 100) expect(news).toBeNull();
			}),
		);
		expect(typed(`parar${' '.repeat(200)}`)).toBeNull();
	});
});

describe('taps that opt out and in (D-35)', () => {
	it.each([
		['Parar promoções', 'Parar promoções', 'marketingStopped'],
		['Stop promotions', 'campaign_17', 'marketingStopped'],
		['Não, obrigado', 'stop_marketing', 'marketingStopped'],
		['Parar', 'stop-reminders', 'marketingStopped'],
		['Não quero', 'OPT_OUT', 'marketingStopped'],
		['Parar tudo', 'stop_all', 'optedOut'],
		['Quero sim', 'opt_in', 'optedIn'],
		['Sair', 'Sair', 'optedOut'],
	])('takes a tap on “%s” with the payload “%s” as %s', (title, id, news) => expect(tapped(title, id)).toBe(news));

	it('leaves options of menus alone: an own id says that it is an answer', () => {
		expect(tapped('Sair', '4')).toBeNull();
		expect(tapped('Parar', 'menu:abc:parar')).toBeNull();
		expect(tapped('4 - Sair', 'menu:abc:sair')).toBeNull();
		expect(tapped('Suporte', 'Suporte')).toBeNull();
	});

	it('hears nothing in pictures, stickers and reactions', () => {
		for (const type of ['image', 'sticker', 'reaction', 'document', 'other'] as const) {
			expect(readConsentWord({ type, text: 'parar', reply: null })).toBeNull();
		}
	});
});

describe('the compared form', () => {
	it('drops what politeness and keyboards add', () => {
		expect(consentKey(' Por favor, *PARAR*! 🙏 ')).toBe('parar');
		expect(consentKey('Cancelar  inscrição…')).toBe('cancelar inscricao');
		expect(consentKey('x'.repeat(101))).toBe('');
	});
});
