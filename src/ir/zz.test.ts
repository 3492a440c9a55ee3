import {test, expect} from "vitest"; import {Generator, GeneratedWorld} from "./generate.ts"; import {Func} from "./func.ts"; import {printFunc} from "./print.ts";
import { parseFunc } from "./parse.ts";
import { Verify } from "./verify.ts"; import { run } from "./run.ts"; import { Trap } from "../support/errors.ts"; import { Cfg } from "./cfg.ts";
import { Tidy } from "../opt/tidy.ts"; import { Place } from "../opt/place.ts";
import {writeFileSync} from "node:fs";
function outcome(f: Func, seed: number, args: Int32Array): string { const world = new GeneratedWorld(seed); let t=""; try { t = run(f,args,world).join(" "); } catch(e) { if(!(e instanceof Trap)) throw e; t=e.message; } return t+"|"+world.digest(); }
test("x",()=>{ const f=new Func(); const v=new Verify(); const tidy=new Tidy(), place=new Place(), cfg=new Cfg(); let bad=0, kept=[0,0];
for(let s=1;s<1500;s++){ const g=new Generator(s,{size:20+s%100}); g.run(f); v.run(f,"built"); const args=g.args(f); const a=outcome(f,s,args); const before=printFunc(f);
 let stage="tidy";
 try { tidy.run(f); v.run(f,"tidied"); const b=outcome(f,s,args); if(b!==a) throw new Error("tidy differs"); stage="place"; const mid=printFunc(f);
 cfg.compute(f); place.run(f,cfg); v.run(f,"placed"); const c=outcome(f,s,args); if(c!==a) { throw new Error("place differs "+a+" / "+c);} 
 stage="reparse"; const text=printFunc(f); const back=parseFunc(text); v.run(back,"placed"); if(outcome(back,s,args)!==a) throw new Error("reparse differs"); f.orderCount=0;
if(printFunc(back)===text) kept[0]++; 
 const back2=parseFunc(mid); if(printFunc(back2)===mid) kept[1]++; else if (s<30) { writeFileSync("/tmp/ir/a.txt",mid); writeFileSync("/tmp/ir/b.txt", printFunc(back2)); } v.run(back2,"tidied"); if(outcome(back2,s,args)!==a) throw new Error("reparse2 differs");
 } catch(e) { bad++; if(bad<4) console.log("SEED",s,stage,String((e as Error).message).slice(0,300)); }
} console.log("BAD",bad,kept);
});
