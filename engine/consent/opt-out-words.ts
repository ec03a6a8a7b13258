/**
 * Does a message do nothing but ask to be left alone, or to hear from the company again (D-35)? Only a message that is
 * exactly such a word or phrase counts: "stop, o Zé não vem" is about Zé. It refuses to know who wrote and what is stored.
 */
import type { ConsentNews, InboundContent } from '../model';
import { fold } from '../text';

export interface ConsentWord {
	/** What it asks for. */
	news: ConsentNews;
	/** Counts only for somebody who is out at present: alone, the word may mean many things. */
	onlyIfOut: boolean;
	/** Also an option of a menu may read like this; an agreed button payload or a marketing button may not. */
	mayBeAnswer: boolean;
}

/** @returns null when the message is anything else */
export function readConsentWord(content: Pick<InboundContent, 'type' | 'text' | 'reply'>): ConsentWord | null {
	if (content.type !== 'text' && content.type !== 'menuReply') return null;
	const { reply } = content;
	if (!reply) return readWords(content.text);
	// A tap on the desk's own menu chooses a queue, whatever the queue is called.
	if (reply.id.startsWith('menu:')) return null;
	const agreed = PAYLOADS.get(fold(reply.id).replace(/[\s-]+/g, '_'));
	if (agreed) return { news: agreed, onlyIfOut: false, mayBeAnswer: false };
	const titled = readWords(reply.title);
	// A quick reply without a payload of its own comes back with its title as payload. Any other id is a workflow's own option
	// ("Sair" of a menu), but what stops promotions means that wherever it stands.
	if (titled?.news === 'marketingStopped') return { ...titled, mayBeAnswer: false };
	return consentKey(reply.id) === consentKey(reply.title) ? titled : null;
}

/** The compared form of a text: its words without case, accents, punctuation, emoji and a "por favor" around them. */
export function consentKey(text: string): string {
	if (text.length > LONGEST) return '';
	const key = (fold(text).match(WORD) ?? []).join(' ');
	return key.replace(/^(?:por favor|favor|please) /, '').replace(/ (?:por favor|pfv|pf|please|obrigad[oa])$/, '');
}

// ---------------------------------------------------------------- the words

const LONGEST = 100;
const WORD = /[\p{L}\p{N}]+/gu;

// Left out on purpose, because they answer ordinary questions: cancelar, encerrar, fim, não, para, chega, não quero.
const ALL_OUT = [
	...[
		'parar',
		'pare',
		'stop',
		'stop all',
		'stopall',
		'sair',
		'quero sair',
		'descadastrar',
		'descadastre',
		'descadastro',
	],
	...['me descadastre', 'me descadastrar', 'quero me descadastrar', 'descadastrar me', 'descadastre me'],
	...['remover', 'remova', 'me remova', 'me remover', 'unsubscribe', 'opt out', 'optout', 'nao perturbe'],
];
const ALL_OUT_PHRASES = phrases(
	'(quero )?cancelar (a |minha )?(inscricao|assinatura de (mensagens|avisos))',
	'(quero )?(cancelar|parar|pare|parem|sair|interromper)( com| de receber| de (me )?(mandar|enviar))? (as |os |essas |esses |suas |seus )?TOLD',
	'(quero )?(parar|pare|parem) de (me )?(receber|mandar mensagens?|enviar mensagens?)',
	'nao quero (mais )?receber (mais )?(as |os |essas |esses |suas |seus )?TOLD( de voces)?',
	'nao (quero|desejo|gostaria de) (receber mais|mais receber)',
	'nao (desejo|gostaria de) (mais )?receber (mais )?TOLD( de voces)?',
	'nao quero (mais|mais as|mais suas|mais essas) TOLD( de voces)?',
	'nao (me )?(mande|mandem|envie|enviem) mais TOLD',
	'(quero )?(me )?(remover|remova|remove|tire|tira|tirar|sair|saia|exclua|excluir)( me)?( o)?( meu (numero|contato|telefone))? (da|dessa|desta) lista( de (mensagens|transmissao|contatos))?',
	'(remover|remova|excluir|exclua|apague) (o )?meu (numero|contato|telefone)',
	'stop (sending )?(me )?messages',
);

const MARKETING_OUT_PHRASES = phrases(
	// The titles of Meta's own opt-out button, in the languages templates here are written in.
	'stop promotions?|(parar|interromper) promoc(ao|oes)',
	'stop (sending )?(me )?(promos|promotions|marketing|offers|ads)',
	'(quero )?(parar|pare|parem|cancelar|interromper|sair|remover)( com| de receber| de (me )?(mandar|enviar)| d[aeo]s?)? (as |os |suas |seus )?OFFERS',
	'nao (quero|desejo|gostaria de) (mais )?(receber )?(mais )?(as |os |suas |seus )?OFFERS( de voces)?',
	'nao (me )?(mande|mandem|envie|enviem) mais OFFERS',
	'sem (mais )?OFFERS',
);

// What sends people back to the menu or starts a service (voltar, início, menu, iniciar, sim) is no word here. The text of
// the opt-in link ends with the company's name.
const IN_PHRASES = phrases(
	'(quero|aceito|autorizo|gostaria de|desejo) (voltar a )?receber (mais )?(as |os |suas |seus )?(TOLD|OFFERS|novidades)( (de|da|do|das|dos) NAME)?',
	'(quero )?voltar a receber( (as |os |suas |seus )?(TOLD|OFFERS|novidades))?',
	'(reativar|retomar|voltar) (as |os |minhas )?(TOLD|OFFERS)',
	'(resume|start) (promotions|messages|marketing)',
	'subscribe|resubscribe|unstop|opt in|optin',
);
const IN_IF_OUT = ['start', 'quero receber', 'quero voltar', 'aceito receber', 'receber novamente', 'quero de novo'];

// Payloads that template buttons carry by agreement. Without a title that says more, they stop what the company promotes.
const PAYLOADS = new Map<string, ConsentNews>([
	...['stop_marketing', 'stop_promotions', 'stop_reminders', 'opt_out', 'optout', 'marketing_opt_out'].map(
		(payload) => [payload, 'marketingStopped'] as const,
	),
	...['stop_all', 'opt_out_all', 'unsubscribe'].map((payload) => [payload, 'optedOut'] as const),
	...['opt_in', 'optin', 'start_marketing', 'resume_marketing', 'resume_promotions', 'resubscribe'].map(
		(payload) => [payload, 'optedIn'] as const,
	),
]);

const ALL_OUT_WORDS: ReadonlySet<string> = new Set(ALL_OUT);
const IN_IF_OUT_WORDS: ReadonlySet<string> = new Set(IN_IF_OUT);

function readWords(text: string): ConsentWord | null {
	// "Parar?" asks something.
	if (text.includes('?')) return null;
	const key = consentKey(text);
	if (key === '') return null;
	if (ALL_OUT_WORDS.has(key)) return word('optedOut');
	if (IN_IF_OUT_WORDS.has(key)) return word('optedIn', true);
	if (MARKETING_OUT_PHRASES.test(key)) return word('marketingStopped');
	if (ALL_OUT_PHRASES.test(key)) return word('optedOut');
	return IN_PHRASES.test(key) ? word('optedIn') : null;
}

function word(news: ConsentNews, onlyIfOut = false): ConsentWord {
	return { news, onlyIfOut, mayBeAnswer: true };
}

/** One expression that matches a whole key; the capitals stand for lists of words. */
function phrases(...list: string[]): RegExp {
	const source = list
		.join('|')
		.replaceAll('TOLD', '(mensagens|mensagem|avisos|aviso|lembretes|lembrete|notificacoes)')
		.replaceAll('OFFERS', '(promocoes|promocao|ofertas|oferta|propagandas|propaganda|publicidade|marketing|anuncios)')
		.replaceAll('NAME', '[\\p{L}\\p{N}]+( [\\p{L}\\p{N}]+){0,7}');
	return new RegExp(`^(?:${source})$`, 'u');
}
