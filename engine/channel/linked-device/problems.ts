/** What does a person read when a session is not connected: what happened and what to do, in Portuguese. Pure. */
import type { SessionProblem } from '../../model-linked-device';
import { formatPhone } from '../../phone';

export interface ProblemFacts {
	/** The digits the session was activated with. */
	phone: string | null;
	/** What is known besides: the digits of the other number, a code, what is damaged. */
	detail: string | null;
}

export function explainProblem(problem: SessionProblem, facts: ProblemFacts): string {
	return SENTENCES[problem](facts);
}

/** A session that was deactivated while no process could tell WhatsApp so. */
export const STILL_LINKED =
	'A sessão foi desativada sem avisar o WhatsApp, porque nenhum processo estava conectado. No celular, abra WhatsApp → Dispositivos conectados e remova "WhatsApp Desk".';

const SENTENCES: Readonly<Record<SessionProblem, (facts: ProblemFacts) => string>> = {
	codeExpired: () =>
		'Nenhum código foi lido a tempo. Clique em "Ativar" para gerar um novo QR Code e leia-o logo em seguida no celular: WhatsApp → Dispositivos conectados → Conectar dispositivo.',
	otherNumber: ({ phone, detail }) =>
		`O código foi lido pelo celular ${shown(detail)}, mas esta sessão é do número ${shown(phone)}. O aparelho foi desconectado de novo. Ative outra vez e leia o código com o celular certo; para usar o outro número, informe-o ao ativar.`,
	replaced: () =>
		'Outro programa ou computador usa esta mesma sessão, e o WhatsApp só aceita um de cada vez. Nada é tentado, para não disputar a conexão. Encerre o outro (por exemplo, uma cópia deste n8n com o mesmo banco de dados) e clique em "Ativar".',
	loggedOut: () =>
		'O aparelho foi desconectado no celular, ou o WhatsApp encerrou o vínculo (troca de senha e verificação em duas etapas também fazem isso). Clique em "Ativar" e leia um novo QR Code.',
	banned: ({ phone }) =>
		`O WhatsApp bloqueou o número ${shown(phone)}. Abra o WhatsApp no celular e siga o que ele pede (análise ou prazo); só depois clique em "Ativar".`,
	mustRelink: () =>
		'O vínculo com o celular precisa ser refeito. Atualize o WhatsApp do celular, clique em "Ativar" e leia um novo QR Code.',
	wrongKey: () =>
		'Os dados desta sessão foram protegidos com outra chave, e nada foi apagado. Coloque de volta na credencial a chave de sessão de antes (se ela foi trocada, informe-a como chave anterior) e publique o workflow de novo. Se a chave se perdeu, desative e ative para conectar o aparelho outra vez.',
	corruptState: ({ detail }) =>
		`Os dados guardados desta sessão estão danificados${detail ? ` (${detail})` : ''}, e nada foi apagado. Restaure um backup do banco de dados ou desative e ative para conectar o aparelho outra vez.`,
	outdated: () =>
		'O WhatsApp não aceita mais o cliente do WhatsApp Web que vem neste pacote, porque a versão é antiga demais: atualize o pacote n8n-nodes-whatsapp-desk e reinicie o n8n. O celular que já estava conectado continua conectado: não é preciso ler outro QR Code. Uma nova tentativa é feita a cada hora.',
	unreachable: ({ detail }) =>
		`O WhatsApp não pôde ser alcançado${detail ? ` (${detail})` : ''}. Uma nova tentativa é feita sozinha. Se continuar, confira a internet, o proxy e o firewall do servidor do n8n.`,
	restricted: ({ detail }) =>
		detail !== null
			? `O WhatsApp não deixou o número iniciar uma conversa (463) e não disse se o restringiu (${detail}). Até ele responder, o número conta como restrito: pare as campanhas; quem escreve continua sendo respondido. A pergunta é repetida a cada hora.`
			: 'O WhatsApp restringiu o número: ele pode responder a quem escreve, mas não iniciar conversas. Não insista: pare as campanhas e espere a restrição terminar (veja no WhatsApp do celular).',
};

function shown(digits: string | null): string {
	return digits ? formatPhone(`+${digits}`) : 'desconhecido';
}
